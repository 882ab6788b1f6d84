package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.ContainerLife.End;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds up the lives of containers by group, as they come. */
final class WasteTally {

  /** What is known of a container; the others are not of it but of calls. */
  private static final Set<Column> KNOWN =
      EnumSet.of(
          Column.EXPERIMENT,
          Column.RUN,
          Column.CELL,
          Column.FUNCTION,
          Column.POLICY,
          Column.WARMING,
          Column.KEEP_ALIVE,
          Column.WORKLOAD,
          Column.NODE);

  private record Repetition(String run, int number) {}

  private static final class Sum {
    long containers;
    final long[] ends = new long[End.values().length];
    long used;
    long wasted;
    double busy;
    double idle;
    final Map<Repetition, double[]> memory = new LinkedHashMap<>();
  }

  private final List<Column> columns;
  private final boolean grouped;
  private final Map<GroupKey, Sum> groups = new HashMap<>();
  private final Set<String> runs = new HashSet<>();

  WasteTally(List<Column> columns) {
    this.columns = columns;
    grouped = KNOWN.containsAll(columns);
  }

  void add(ContainerLife life) {
    if (!grouped) {
      return;
    }
    runs.add(life.cell().run());
    List<String> values = columns.stream().map(column -> value(life, column)).toList();
    Sum sum = groups.computeIfAbsent(new GroupKey(columns, values), key -> new Sum());
    sum.containers++;
    sum.ends[life.end().ordinal()]++;
    sum.used += life.preWarmUsed() ? 1 : 0;
    sum.wasted += life.preWarmWasted() ? 1 : 0;
    sum.busy += life.busySeconds();
    sum.idle += life.idleSeconds();
    var repetition = new Repetition(life.cell().run(), life.cell().repetition());
    sum.memory.computeIfAbsent(repetition, r -> new double[1])[0] += life.idleMebibyteSeconds();
  }

  /**
   * By group; empty where nothing is known of containers: a run in which some waited is known as a
   * whole.
   */
  Map<GroupKey, Waste> of(Iterable<GroupSummary> summaries) {
    Map<GroupKey, Waste> wastes = new LinkedHashMap<>();
    for (GroupSummary group : summaries) {
      Sum sum = groups.get(group.key());
      int repetitions = Math.max(1, group.sample().repetitions());
      if (sum != null) {
        wastes.put(group.key(), waste(sum, Math.max(repetitions, sum.memory.size())));
      } else if (runs.contains(group.key().get(Column.RUN))) {
        wastes.put(group.key(), Waste.none(repetitions));
      }
    }
    return wastes;
  }

  private static Waste waste(Sum sum, int repetitions) {
    List<Double> memory = new ArrayList<>();
    sum.memory.values().forEach(one -> memory.add(one[0]));
    double[] each = memory.stream().mapToDouble(Double::doubleValue).toArray();
    return new Waste(
        sum.containers,
        sum.ends[End.EVICTED.ordinal()],
        sum.ends[End.EXPIRED.ordinal()],
        sum.ends[End.LOST.ordinal()],
        sum.used,
        sum.wasted,
        sum.busy,
        sum.idle,
        Arrays.stream(each).sum(),
        each,
        repetitions);
  }

  private static String value(ContainerLife life, Column column) {
    return switch (column) {
      case EXPERIMENT -> life.cell().experiment();
      case RUN -> life.cell().run();
      case CELL -> life.cell().cell();
      case FUNCTION -> life.function();
      case POLICY -> life.cell().policy();
      case WARMING -> life.cell().warming();
      case KEEP_ALIVE -> life.cell().keepAlive();
      case WORKLOAD -> life.cell().workload();
      case NODE -> life.node();
      default -> throw new IllegalArgumentException(column + " is none of a container's");
    };
  }
}
