package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Summarises records as they come, so that a run without CSV has its table too. */
public final class SummarySink implements RecordSink {

  /** From the slowest start to the fastest, as the thesis shows them; others come after. */
  private static final List<String> WARMTH =
      List.of("cold", "pre-warmed", "warmed", "paused", "resident");

  /** A group, and the only run that it saw; empty: several. */
  private static final class Group {
    final GroupKey key;
    final GroupTally tally;
    String run;
    Invocation aRow;

    Group(GroupKey key, Invocation aRow) {
      this.key = key;
      this.aRow = aRow;
      run = aRow.run();
      tally = new GroupTally(key);
    }

    /** Whether the row has the very objects of another one; false says nothing. */
    boolean isOfTheSameCellAs(Invocation row) {
      return row.cell() == aRow.cell()
          && row.function() == aRow.function()
          && row.run() == aRow.run()
          && row.experiment() == aRow.experiment()
          && row.image() == aRow.image()
          && row.policy() == aRow.policy()
          && row.warming() == aRow.warming()
          && row.keepAlive() == aRow.keepAlive()
          && row.workload() == aRow.workload()
          && row.backend() == aRow.backend();
    }
  }

  /** Columns whose values are the same in all rows of a cell and a function. */
  private static final Set<Column> FACTORS =
      Set.of(
          Column.EXPERIMENT,
          Column.RUN,
          Column.CELL,
          Column.FUNCTION,
          Column.IMAGE,
          Column.POLICY,
          Column.WARMING,
          Column.KEEP_ALIVE,
          Column.WORKLOAD,
          Column.BACKEND);

  /** Nodes without calls are left out where they would be millions of zeros. */
  private static final long MOST_NODE_COUNTS = 1_000_000;

  private final List<Column> columns;
  private final Designs designs;
  private final boolean byFactors;
  private final WasteTally wastes;
  private final Map<GroupKey, Group> groups = new LinkedHashMap<>();
  private final Map<String, Group> lastOfFunction = new HashMap<>();
  private Group last;
  private final Map<String, Set<String>> nodesByRun = new HashMap<>();
  private final Map<String, Integer> runRanks = new HashMap<>();

  public SummarySink() {
    this(GroupKey.CELL);
  }

  /** Groups by other columns than those of a cell. */
  public SummarySink(List<Column> columns) {
    this(columns, Designs.NONE);
  }

  /**
   * The same, of runs with designs.
   *
   * @param designs say which calls count, what is compared and what is shown
   */
  public SummarySink(List<Column> columns, Designs designs) {
    this.designs = designs;
    this.columns = List.copyOf(columns);
    byFactors = FACTORS.containsAll(columns);
    wastes = new WasteTally(this.columns);
  }

  @Override
  public void accept(Invocation row) {
    Group group = group(row);
    if (!designs.measured(row)) {
      group.tally.addWarmUp();
      return;
    }
    boolean newNode = group.tally.add(row);
    if (newNode || !group.run.equals(row.run())) {
      runRanks.putIfAbsent(row.run(), runRanks.size());
      group.run = group.run.equals(row.run()) ? group.run : "";
      if (!row.node().isEmpty()) {
        nodesByRun.computeIfAbsent(row.run(), run -> new TreeSet<>()).add(row.node());
      }
    }
  }

  @Override
  public void ended(ContainerLife life) {
    wastes.add(life);
  }

  /** Rows of a group come in long series, at least those of each function. */
  private Group group(Invocation row) {
    if (byFactors && last != null && last.isOfTheSameCellAs(row)) {
      return last;
    }
    last = lastOfFunction.get(row.function());
    if (last == null || !last.key.holds(row)) {
      last = groups.computeIfAbsent(GroupKey.of(row, columns), key -> newGroup(key, row));
      lastOfFunction.put(row.function(), last);
    }
    last.aRow = row;
    return last;
  }

  private Group newGroup(GroupKey key, Invocation row) {
    runRanks.putIfAbsent(row.run(), runRanks.size());
    return new Group(key, row);
  }

  @Override
  public void close() {}

  /** The groups that came so far. */
  public Set<GroupKey> keys() {
    return Collections.unmodifiableSet(groups.keySet());
  }

  /** What came so far; a node that a run used anywhere counts for all its groups. */
  public Summary summary() {
    return summary(List.of());
  }

  /** The same, with nodes of the cluster that may have got no call at all. */
  public Summary summary(Collection<String> clusterNodes) {
    long nodes = clusterNodes.size();
    for (Set<String> ofRun : nodesByRun.values()) {
      nodes = Math.max(nodes, ofRun.size());
    }
    boolean allNodes = nodes * groups.size() <= MOST_NODE_COUNTS;
    Map<GroupKey, GroupSummary> summaries = new LinkedHashMap<>();
    groups.keySet().stream()
        .sorted(order())
        .forEach(key -> summaries.put(key, summarise(groups.get(key), clusterNodes, allNodes)));
    summaries.replaceAll((key, group) -> group.with(improvement(group, summaries)));
    List<GroupSummary> all = List.copyOf(summaries.values());
    return new Summary(columns, all, wastes.of(all), designs);
  }

  /**
   * The latencies of a group's ok calls in ascending order, in seconds; of more than {@code most}
   * as many evenly spaced ranks, minimum and maximum among them.
   *
   * @param most at least 2
   */
  public double[] ranks(GroupKey key, int most) {
    return groups.get(key).tally.ranks(most);
  }

  private GroupSummary summarise(Group group, Collection<String> clusterNodes, boolean allNodes) {
    Set<String> nodes = new HashSet<>(clusterNodes);
    // Grouped by node, the other nodes' zeros would say nothing.
    if (columns.contains(Column.NODE)) {
      nodes.clear();
    } else {
      // A group that spans runs has no node set of its own: it has the nodes that it saw itself.
      nodes.addAll(nodesByRun.getOrDefault(group.run, Set.of()));
    }
    return group.tally.summary(nodes, allNodes, designs.percentiles());
  }

  private static Improvement improvement(GroupSummary group, Map<GroupKey, GroupSummary> groups) {
    GroupSummary cold = groups.get(group.key().with(Column.WARMING, "cold"));
    boolean comparable =
        cold != null && !cold.key().equals(group.key()) && cold.mixedLike(group, Column.WARMING);
    return comparable ? Improvement.of(cold, group) : Improvement.NONE;
  }

  private Comparator<GroupKey> order() {
    Comparator<GroupKey> order = (a, b) -> 0;
    for (Column column : columns) {
      Comparator<GroupKey> byRank = Comparator.comparingInt(key -> rank(column, key.get(column)));
      order =
          order.thenComparing(byRank).thenComparing(key -> key.get(column), NaturalOrder.INSTANCE);
    }
    return order;
  }

  private int rank(Column column, String value) {
    if (column == Column.RUN) {
      return runRanks.get(value);
    }
    if (column != Column.WARMING && column != Column.MODE) {
      return 0;
    }
    int known = WARMTH.indexOf(value);
    return known < 0 ? WARMTH.size() : known;
  }
}
