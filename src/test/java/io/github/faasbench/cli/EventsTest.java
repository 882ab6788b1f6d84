package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.random.Stream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      breaker: off
      duration: 60s
      """;

  @TempDir private Path folder;

  private static List<Invocation> rows(String events, String... overrides) {
    return Simulated.REAL.rows(TEXT + events, overrides);
  }

  private static List<Invocation> closed(String events) {
    String text = TEXT.replace("duration: 60s", "invocations: 60");
    return Simulated.REAL.rows(text + events, "workload=sequential");
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

  private static List<Invocation> of(List<Invocation> rows, String node, Outcome outcome) {
    return rows.stream()
        .filter(row -> row.node().equals(node) && row.outcome() == outcome)
        .toList();
  }

  private static double end(Invocation row) {
    return Math.round(1e4 * (at(row) + row.latencySeconds())) / 1e4; // rows hold whole microseconds
  }

  @Test
  void aCutOfLessThanTheKeepAliveHoldsAnswersBackAndLosesNothing() {
    List<Invocation> rows = rows("events: [{at: 20s, cut: node-2, for: 10s}]");
    assertThat(rows).hasSize(120).allMatch(row -> row.outcome() == Outcome.OK);
    // A call every two seconds; the first of those on the way had one second left.
    assertThat(rows)
        .filteredOn(row -> row.node().equals("node-2") && at(row) > 18.4 && at(row) < 30)
        .hasSize(6)
        .allMatch(row -> end(row) >= 30 && end(row) <= 40);
    // That its end was heard of so late is transport.
    assertThat(rows)
        .filteredOn(row -> row.invocation() == 38)
        .allMatch(row -> Math.abs(row.transportSeconds() - 9.9) < 1e-6);
    assertThat(rows)
        .filteredOn(row -> !row.node().equals("node-2"))
        .allMatch(row -> Math.abs(row.latencySeconds() - 1.6) < 1e-6);
  }

  @Test
  void aLongerCutLosesWhatIsOnTheWayWhenTheConnectionEndsAndRefusesWhatComesAfter() {
    List<Invocation> rows = rows("events: [{at: 20s, cut: node-2, for: 30s}]");
    List<Invocation> lost = of(rows, "node-2", Outcome.LOST);
    assertThat(lost).hasSize(1).allMatch(row -> end(row) == 40);
    assertThat(lost.get(0).error())
        .isEqualTo("node-2: no answer for 20 s, the connection has ended");
    List<Invocation> failed = of(rows, "node-2", Outcome.FAILED);
    assertThat(failed).allMatch(row -> end(row) == 40 || end(row) == at(row) && at(row) > 40);
    assertThat(failed.get(failed.size() - 1).error())
        .isEqualTo("node-2: it can't be reached: no answer for 20 s, the connection has ended");
    assertThat(rows)
        .filteredOn(row -> at(row) > 50)
        .allMatch(row -> row.outcome() == Outcome.OK)
        .anyMatch(row -> row.node().equals("node-2"));
  }

  @Test
  void withoutItsSshServerCallsAreLostAtOnceAndTheNodeIsBackAtTheEnd() {
    List<Invocation> rows = rows("events: [{at: 20s, stop-ssh: node-2, for: 10s}]");
    assertThat(of(rows, "node-2", Outcome.LOST)).hasSize(1).allMatch(row -> end(row) == 20);
    assertThat(of(rows, "node-2", Outcome.FAILED))
        .isNotEmpty()
        .allMatch(row -> at(row) > 20 && at(row) < 30 && row.latencySeconds() == 0);
    assertThat(of(rows, "node-2", Outcome.OK)).anyMatch(row -> at(row) > 30);
  }

  @Test
  void aFrozenNodeGoesOnWhereItStood() {
    List<Invocation> rows = rows("events: [{at: 20s, freeze: node-2, for: 10s}]");
    assertThat(rows).hasSize(120).allMatch(row -> row.outcome() == Outcome.OK);
    // It came at 18.5 s, and would have ended at 20.1 s.
    assertThat(rows)
        .filteredOn(row -> row.node().equals("node-2") && at(row) > 18.4 && at(row) < 20)
        .hasSize(1)
        .allMatch(row -> Math.abs(row.latencySeconds() - 11.6) < 1e-6);
  }

  @Test
  void whenTheEngineStopsItsContainersEndAndImagesStay() {
    List<Invocation> rows =
        rows(
            "events: [{at: 21s, stop-engine: node-2, for: 10s}]",
            "warming=pre-warmed",
            "warmReplicas=all");
    assertThat(of(rows, "node-2", Outcome.LOST)).isNotEmpty().allMatch(row -> end(row) == 23);
    assertThat(of(rows, "node-2", Outcome.LOST).get(0).error())
        .isEqualTo("node-2: its engine has stopped");
    assertThat(of(rows, "node-2", Outcome.FAILED))
        .isNotEmpty()
        .allMatch(row -> row.latencySeconds() == 0);
    assertThat(rows)
        .filteredOn(row -> at(row) > 33)
        .allMatch(row -> row.outcome() == Outcome.OK && row.mode().equals("pre-warmed"))
        .anyMatch(row -> row.node().equals("node-2"));
  }

  @Test
  void aSlowNodeTakesThatManyTimesAsLong() {
    List<Invocation> rows = closed("events: [{at: 20s, slow: node-2, factor: 3, for: 20s}]");
    assertThat(rows)
        .filteredOn(row -> row.node().equals("node-2") && at(row) > 20 && at(row) < 36)
        .isNotEmpty()
        .allMatch(row -> Math.abs(row.execSeconds() - 3) < 1e-6);
    assertThat(rows)
        .filteredOn(row -> at(row) < 18 || at(row) > 40)
        .allMatch(row -> Math.abs(row.execSeconds() - 1) < 1e-6);
  }

  @Test
  void theShippedExperimentShowsEachOfItsEvents() throws Exception {
    List<Invocation> rows =
        Simulated.REAL.rows(Files.readString(Path.of("experiments/faults.yaml")));
    for (String policy : List.of("round-robin", "least-used", "join-shortest-queue")) {
      List<Invocation> cell = rows.stream().filter(r -> r.policy().equals(policy)).toList();
      assertThat(nodes(cell, t -> t < 110)).containsExactly("node-1", "node-2", "node-3");
      assertThat(nodes(cell, t -> t > 110 && t < 130)).containsExactly("node-1", "node-2");
      assertThat(nodes(cell, t -> t > 130)).containsExactly("node-1", "node-2", "node-4");
      assertThat(of(cell, "node-2", Outcome.FAILED)).isNotEmpty().allMatch(r -> at(r) < 60);
      assertThat(cell).filteredOn(r -> at(r) > 60).allMatch(r -> r.outcome() == Outcome.OK);
    }
    assertThat(of(rows, "node-2", Outcome.LOST)).isNotEmpty().allMatch(r -> end(r) == 50);
  }

  @Test
  void withRetriesAndTheBreakerACutOffNodeCostsNoCall() {
    List<Invocation> rows =
        rows(
            "retries: 2\nretryLost: true\nevents: [{at: 20s, cut: node-2, for: 30s}]",
            "breaker={failures: 1}");
    assertThat(rows).hasSize(120).allMatch(row -> row.outcome() == Outcome.OK);
    assertThat(rows).filteredOn(row -> row.attempts() > 1).isNotEmpty().allMatch(r -> end(r) >= 40);
    assertThat(nodes(rows, t -> t > 41 && t < 50)).doesNotContain("node-2");
    assertThat(nodes(rows, t -> t > 52)).contains("node-2");
  }

  /** So many events at random, each node with a fault at a time. */
  private static String chance(Stream random) {
    var events = new StringBuilder("events:\n");
    List<String> faults = List.of("cut", "freeze", "stop-ssh", "stop-engine", "slow");
    for (int node = 2; node <= 4; node++) {
      String fault = faults.get(random.nextInt(faults.size()));
      String factor = fault.equals("slow") ? ", factor: " + (2 + random.nextInt(9)) : "";
      String lasts = random.nextInt(3) == 0 ? "" : ", for: " + (1 + random.nextInt(25)) + "s";
      String line = "  - {at: %ds, %s: node-%d%s%s}%n";
      events.append(String.format(line, random.nextInt(50), fault, node, factor, lasts));
      List<String> moves = List.of("drain", "remove", "add");
      line = "  - {at: %ds, %s: node-%d}%n";
      events.append(String.format(line, random.nextInt(59), moves.get(random.nextInt(3)), node));
    }
    return events.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "{fixed: {ttl: 5s}}", "lru", "{pool: {size: 2}}"})
  void whateverHappensEveryCallHasItsRowTheLawsHoldAndARunIsTheSameAgain(String keepAlive) {
    var random = new Stream(keepAlive.hashCode());
    Set<Outcome> outcomes = new TreeSet<>();
    for (int run = 0; run < 25; run++) {
      String events = chance(random);
      String text =
          TEXT.replace("cpu: 1}", "cpu: 1, memory: 512MiB, slots: 3}")
                  .replace("pull: 500ms", "pull: 500ms, memory: 128MiB")
                  .replace("round-robin", "[least-used, join-shortest-queue]")
              + "keepAlive: "
              + keepAlive
              + "\n"
              + events;
      List<Invocation> rows = Simulated.REAL.rows(text);
      assertThat(rows).as(events).hasSize(240);
      List<Invocation> again = Simulated.REAL.rows(text);
      assertThat(again).as(events).isEqualTo(rows);
      rows.forEach(row -> outcomes.add(row.outcome()));
      assertThat(rows)
          .as(events)
          .filteredOn(row -> row.outcome() == Outcome.OK)
          .allMatch(row -> row.transportSeconds() >= 0)
          .isNotEmpty();
    }
    assertThat(outcomes).contains(Outcome.OK, Outcome.LOST, Outcome.FAILED);
  }
}
