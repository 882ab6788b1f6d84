package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.metrics.RecordSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an experiment's events do to its calls on simulated nodes. */
class EventsTest {

  private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
  private static final String TEXT =
      """
      name: e
      backend: sim
      nodes: {count: 4, cpu: 1}
      functions:
        - {name: f, model: {exec: 1s, start: 100ms, pull: 500ms}}
      policy: round-robin
      warming: cold
      workload: {uniform: {rate: 2/s}}
      duration: 60s
      """;

  @TempDir private Path folder;

  private static List<Invocation> rows(String events, String... overrides) {
    List<Invocation> rows = new ArrayList<>();
    Simulated.REAL.run(TEXT + events, kept(rows), overrides);
    return rows;
  }

  private static RecordSink kept(List<Invocation> rows) {
    return new RecordSink() {
      @Override
      public void accept(Invocation row) {
        rows.add(row);
      }

      @Override
      public void close() {}
    };
  }

  private static double at(Invocation row) {
    return Duration.between(BEGINNING, row.arrivedAt()).toNanos() / 1e9;
  }

  private static Set<String> nodes(List<Invocation> rows, Predicate<Double> when) {
    Set<String> nodes = new TreeSet<>();
    rows.stream().filter(row -> when.test(at(row))).forEach(row -> nodes.add(row.node()));
    return nodes;
  }

  @Test
  void nodesComeAndGoAtTheirTimesInEveryCell() {
    List<Invocation> rows =
        rows(
            """
            events:
              - {at: 20s, add: node-4}
              - {at: 30s, drain: node-1}
              - {at: 40s, remove: node-2}
              - {at: 50s, add: node-1}
            """,
            "repetitions=2");
    assertThat(rows).hasSize(240);
    for (int repetition : new int[] {1, 2}) {
      List<Invocation> cell = rows.stream().filter(r -> r.repetition() == repetition).toList();
      assertThat(nodes(cell, t -> t < 20)).containsExactly("node-1", "node-2", "node-3");
      assertThat(nodes(cell, t -> t > 20 && t < 30)).hasSize(4);
      assertThat(nodes(cell, t -> t > 30 && t < 40)).containsExactly("node-2", "node-3", "node-4");
      assertThat(nodes(cell, t -> t > 40 && t < 50)).containsExactly("node-3", "node-4");
      assertThat(nodes(cell, t -> t > 50)).containsExactly("node-1", "node-3", "node-4");
      assertThat(cell.stream().filter(r -> r.outcome() != Outcome.OK))
          .isNotEmpty()
          .allMatch(r -> r.outcome() == Outcome.LOST && r.node().equals("node-2") && at(r) < 40)
          .allMatch(r -> at(r) + r.latencySeconds() == 40);
    }
  }

  @Test
  void anEventByInvocationHappensWhenSoManyCallsHaveBeenHandedOver() {
    List<Invocation> rows = rows("events: [{atInvocation: 40, drain: node-1}]");
    assertThat(rows)
        .filteredOn(row -> row.node().equals("node-1"))
        .allMatch(row -> row.invocation() <= 40)
        .hasSize(10);
  }

  @Test
  void roundRobinStartsAgainAtEachChange() {
    List<Invocation> rows = rows("events: [{atInvocation: 6, drain: node-4}]");
    assertThat(rows.stream().limit(9).map(Invocation::node))
        .containsExactly(
            "node-1", "node-2", "node-3", "node-4", "node-1", "node-2", "node-1", "node-2",
            "node-3");
  }

  @Test
  void theLogTellsEachEventWithItsTimeAndOneThatTheLoadWasTooShortForIsAWarning() throws Exception {
    var err = new java.io.StringWriter();
    String text =
        TEXT.replace("duration: 60s", "invocations: 10")
            + "events: [{at: 2s, drain: node-1}, {at: 1h, add: node-1}]\n";
    Path out = folder.resolve("out");
    assertThat(Started.faasbench(err, err, Started.run(folder, text, out))).isZero();
    try (var files = Files.walk(out)) {
      Path log =
          files
              .filter(f -> f.endsWith("log") || f.toString().endsWith(".log"))
              .findFirst()
              .orElseThrow();
      assertThat(Files.readString(log))
          .contains("event at 2.000 s: drain node-1")
          .contains("the load had ended before at 1h: add node-1; it did not happen");
    }
  }
}
