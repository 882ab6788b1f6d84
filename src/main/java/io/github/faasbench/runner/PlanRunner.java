package io.github.faasbench.runner;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.gateway.Call;
import io.github.faasbench.gateway.CellContext;
import io.github.faasbench.metrics.CellStop;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.NodeEvent;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Carries out a plan cell by cell, and hands every record to the sink at once. */
public final class PlanRunner {

  private final Clusters clusters;
  private final Plan plan;
  private final CellPolicies.Factory policies;
  private final ImageOwnership ownership;
  private final RunListener listener;
  private final Function<Cell, CellStop> stops;
  private final Stopping stopping = new Stopping();

  /** The one that is in use; null before the first cell. */
  private volatile Cluster cluster;

  /** Cells make all their calls. */
  public PlanRunner(
      Clusters clusters,
      Plan plan,
      CellPolicies.Factory policies,
      ImageOwnership ownership,
      RunListener listener) {
    this(clusters, plan, policies, ownership, listener, cell -> row -> false);
  }

  /**
   * A runner of a plan.
   *
   * @param stops what decides, for each cell anew, that it has made enough of them
   */
  public PlanRunner(
      Clusters clusters,
      Plan plan,
      CellPolicies.Factory policies,
      ImageOwnership ownership,
      RunListener listener,
      Function<Cell, CellStop> stops) {
    this.stops = stops;
    this.clusters = clusters;
    this.plan = plan;
    this.policies = policies;
    this.ownership = ownership;
    this.listener = listener;
  }

  /** Stops after the calls in flight have been ended and cleaned up. Any thread may call. */
  public void interrupt() {
    stopping.ask(cluster);
  }

  public boolean interrupted() {
    return stopping.asked();
  }

  /** Whether the thread that runs the cells has heard of the interrupt. Any thread may ask. */
  public boolean heard() {
    return stopping.heard();
  }

  /** Names of the nodes on which something of this run's may be. Any thread may ask. */
  public Set<String> unclean() {
    return stopping.unclean();
  }

  /** A node was cleaned in another way. Any thread may call. */
  public void cleaned(String node) {
    stopping.cleaned(node);
  }

  /** Runs all cells, and keeps no journal. */
  public void run(
      String runId,
      Map<String, String> engineOf,
      RecordSink sink,
      BiConsumer<Invocation, String> failedOutput)
      throws RunRefused, NodeTrouble, InterruptedException, IOException {
    run(runId, engineOf, sink, failedOutput, CellJournal.NONE);
  }

  /**
   * Runs all cells that are not done.
   *
   * @param engineOf node name to the id of its engine
   * @param failedOutput told what a call printed that did not succeed
   * @param journal says which cells are done, and is told how it goes on
   */
  public void run(
      String runId,
      Map<String, String> engineOf,
      RecordSink sink,
      BiConsumer<Invocation, String> failedOutput,
      CellJournal journal)
      throws RunRefused, NodeTrouble, InterruptedException, IOException {
    try {
      int number = 0;
      for (Cell cell : plan.cells()) {
        number++;
        if (journal.isDone(cell)) {
          continue;
        }
        if (interrupted()) {
          break;
        }
        listener.cellStarted(cell, number, plan.cells().size());
        use(clusters.of(cell));
        journal.started(cell);
        Rows rows = new Rows(cell, sink, failedOutput);
        boolean whole = runCell(cell, runId, engineOf, rows);
        listener.cellEnded(cell);
        if (whole) {
          journal.ended(cell, rows.count);
        }
      }
    } finally {
      stopping.over();
      // An image that comes later must stand there as the tool's, for `clean`.
      if (cluster != null && !stopping.imagesMayCome()) {
        new Sweeper(cluster, ownership).forgetGone(images(plan));
      }
    }
  }

  /** Removes from new nodes what a stopped run left, of all cells. */
  private void use(Cluster next) throws NodeTrouble, InterruptedException {
    if (next != cluster) {
      cluster = next;
      stopping.soil(next);
      new Sweeper(next, ownership).sweep(images(plan), stopping::cleaned);
    }
  }

  /** Answers whether the cell made all its calls. */
  private boolean runCell(Cell cell, String runId, Map<String, String> engineOf, Rows rows)
      throws RunRefused, NodeTrouble, InterruptedException, IOException {
    var runner = new CellRunner(cluster, plan, ownership, listener, stopping);
    var lives = new Lives(rows.sink);
    try {
      boolean whole =
          runner.run(
              cell,
              policies.of(cell),
              context(runId, cell),
              engineOf,
              stops.apply(cell),
              rows,
              lives,
              lives::event);
      lives.check();
      cluster.verify();
      return whole;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      rows.sink.cellEnded();
    }
  }

  /** All images that the plan's functions use. */
  public static Set<String> images(Plan plan) {
    return plan.cells().stream()
        .flatMap(cell -> cell.images().stream())
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }

  /** Hands the rows of a cell on, and counts them. */
  private final class Rows implements Consumer<Call.Finished> {
    private final Cell cell;
    private final RecordSink sink;
    private final BiConsumer<Invocation, String> failedOutput;
    private long count;

    Rows(Cell cell, RecordSink sink, BiConsumer<Invocation, String> failedOutput) {
      this.cell = cell;
      this.sink = sink;
      this.failedOutput = failedOutput;
    }

    @Override
    public void accept(Call.Finished finished) {
      try {
        sink.accept(finished.invocation());
        count++;
        if (!finished.attempts().isEmpty()) {
          sink.attempts(finished.invocation(), finished.attempts());
        }
        if (!Double.isNaN(finished.expectedSeconds())) {
          sink.expected(finished.invocation(), finished.expectedSeconds(), finished.tookSeconds());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (finished.invocation().outcome() != Invocation.Outcome.OK) {
        failedOutput.accept(finished.invocation(), finished.output());
      }
      listener.recorded(cell, finished.invocation());
    }
  }

  /** Hands lives and events on; when one can't be kept, the cell says so at its end. */
  private static final class Lives implements Consumer<ContainerLife> {
    private final RecordSink sink;
    private IOException lost;

    Lives(RecordSink sink) {
      this.sink = sink;
    }

    @Override
    public void accept(ContainerLife life) {
      keep(() -> sink.ended(life));
    }

    void event(NodeEvent event) {
      keep(() -> sink.event(event));
    }

    private interface Write {
      void run() throws IOException;
    }

    private void keep(Write write) {
      try {
        if (lost == null) {
          write.run();
        }
      } catch (IOException e) {
        lost = e;
      }
    }

    void check() throws IOException {
      if (lost != null) {
        throw lost;
      }
    }
  }

  private CellContext context(String runId, Cell cell) {
    return new CellContext(
        plan.experiment().name(),
        runId,
        cell.id(),
        cell.repetition(),
        cell.policy().toString(),
        cell.warming().toString(),
        cell.keepAlive().toString(),
        cell.workload().toString(),
        plan.experiment().backend());
  }
}
