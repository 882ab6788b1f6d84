package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.Attempt;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.random.Stream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream.Builder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are tried again on simulated nodes, from the experiment file to the run's folder. */
class RetriesRunTest {

  private static final String TEXT =
      """
      name: retries
      backend: sim
      nodes: {count: 4, cpu: 1}
      functions:
        - {name: f, model: {exec: 1s, start: 100ms, pull: 500ms}}
      policy: round-robin
      warming: cold
      workload: {uniform: {rate: 2/s}}
      duration: 60s
      retries: 2
      """;
  private static final String CUT = "events: [{at: 20s, cut: node-2, for: 30s}]\n";

  @TempDir private Path folder;

  private static final class Kept implements RecordSink {
    final List<Invocation> rows = new ArrayList<>();
    final Map<Long, List<Attempt>> attempts = new HashMap<>();

    @Override
    public void accept(Invocation row) {
      rows.add(row);
    }

    @Override
    public void attempts(Invocation row, List<Attempt> all) {
      assertThat(row).isSameAs(rows.get(rows.size() - 1));
      attempts.put(row.invocation(), all);
    }

    @Override
    public void close() {}
  }

  private static Kept run(String text, String... overrides) {
    var kept = new Kept();
    Simulated.REAL.run(text, kept, overrides);
    return kept;
  }

  @Test
  void onlyWhatMayHaveRunIsLostWhereANodeIsCutOff() {
    Kept kept = run(TEXT + CUT);
    assertThat(kept.rows)
        .filteredOn(row -> row.outcome() != Outcome.OK)
        .hasSize(1)
        .allMatch(row -> row.outcome() == Outcome.LOST && row.attempts() == 1);
    assertThat(kept.rows)
        .filteredOn(row -> row.attempts() > 1)
        .isNotEmpty()
        .allMatch(row -> row.outcome() == Outcome.OK && !row.node().equals("node-2"))
        .allMatch(row -> row.error().contains("attempt 1 failed: node-2: "));
  }

  @Test
  void noCallIsLostWhereASecondRunIsAllowed() {
    Kept kept = run(TEXT + CUT, "retryLost=true");
    assertThat(kept.rows).hasSize(120).allMatch(row -> row.outcome() == Outcome.OK);
    assertThat(kept.attempts.values())
        .anyMatch(attempts -> attempts.get(0).outcome() == Outcome.LOST);
  }

  @Test
  void theBreakerKeepsCallsAwayFromANodeThatIsCutOff() {
    long with = run(TEXT + CUT).rows.stream().filter(row -> row.attempts() > 1).count();
    long without =
        run(TEXT + CUT, "breaker=off").rows.stream().filter(row -> row.attempts() > 1).count();
    assertThat(with).isLessThan(without);
  }

  @Test
  void attemptsAreARowEachInAFileOfTheirOwnAndTheSummaryCountsThem() throws Exception {
    var console = new StringWriter();
    var err = new StringWriter();
    Path out = folder.resolve("out");
    assertThat(Started.faasbench(console, err, Started.run(folder, TEXT + CUT, out))).isEqualTo(4);
    List<String> rows = Files.readAllLines(only(out, "attempts.csv"));
    assertThat(rows.get(0))
        .isEqualTo(
            "run,cell,repetition,function,invocation,attempt,node,mode,outcome,error,started_s,"
                + "ended_s");
    String first = rows.stream().filter(row -> row.contains(",failed,")).findFirst().orElseThrow();
    String[] cells = first.split(",");
    assertThat(cells[6]).isEqualTo("node-2");
    assertThat(first).contains(",1,node-2,cold,failed,");
    String second = rows.get(rows.indexOf(first) + 1);
    assertThat(second).contains("," + cells[4] + ",2,node-").contains(",ok,,");
    long calls = rows.stream().filter(row -> row.contains(",2,node-")).count();
    assertThat(console.toString().replaceAll("\\s+", " "))
        .contains(calls + " calls needed more than one attempt (" + calls + " ended ok)");
    assertThat(Files.readString(only(out, "summary.json"))).contains("\"retried\" : " + calls);

    Path again = folder.resolve("again");
    Started.faasbench(console, err, Started.run(folder, TEXT + CUT, again));
    for (String name : List.of("attempts.csv", "metrics.csv")) {
      assertThat(only(again, name)).hasSameBinaryContentAs(only(out, name));
    }
  }

  @Test
  void aRunWithoutTroubleHasNoSuchFileAndTheSameRowsWithAndWithoutRetries() throws Exception {
    Path out = folder.resolve("out");
    var err = new StringWriter();
    assertThat(Started.faasbench(err, err, Started.run(folder, TEXT, out))).isZero();
    try (var files = Files.walk(out)) {
      assertThat(files).noneMatch(file -> file.endsWith("attempts.csv"));
    }
    assertThat(run(TEXT).rows).isEqualTo(run(TEXT, "retries=0", "breaker=off").rows);
  }

  private static Path only(Path out, String name) throws IOException {
    try (var files = Files.walk(out)) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whateverHappensToNodesEachCallHasOneRecordThatAddsUp(long seed) {
    var random = new Stream(seed);
    List<String> choice =
        List.of(
            "retries=" + random.nextInt(4),
            "retryLost=" + (random.nextInt(2) == 0),
            "warming=" + List.of("cold", "pre-warmed", "warmed").get(random.nextInt(3)),
            "keepAlive=" + List.of("none", "fixed(ttl=5s)", "lru").get(random.nextInt(3)),
            "policy="
                + List.of("round-robin", "least-used", "join-shortest-queue")
                    .get(random.nextInt(3)),
            "whenNoNode=" + List.of("wait", "reject").get(random.nextInt(2)),
            "timeout=" + (3 + random.nextInt(60)) + "s",
            "seed=" + seed);
    List<String> overrides = new ArrayList<>(choice);
    if (!choice.get(0).equals("retries=0")) {
      overrides.add("breaker=" + List.of("off", "{failures: 1}").get(random.nextInt(2)));
    }
    String text = TEXT + "events:\n" + events(random);
    Kept kept = run(text, overrides.toArray(String[]::new));
    assertThat(kept.rows).hasSize(120);
    assertThat(kept.rows).extracting(Invocation::invocation).doesNotHaveDuplicates();
    for (Invocation row : kept.rows) {
      boolean ran = row.outcome() == Outcome.OK;
      if (ran) {
        assertThat(row.phaseError()).as("%s", row).isBetween(-1e-6, 1e-6);
        assertThat(row.transportSeconds()).isNotNegative();
      }
      List<Attempt> attempts = kept.attempts.getOrDefault(row.invocation(), List.of());
      boolean plain = ran && row.attempts() == 1;
      assertThat(attempts).hasSize(plain ? 0 : row.attempts());
      assertThat(attempts).extracting(Attempt::node).doesNotHaveDuplicates();
    }
    assertThat(run(text, overrides.toArray(String[]::new)).rows).isEqualTo(kept.rows);
  }

  /** One fault after the other, on one node each. */
  private static String events(Stream random) {
    Builder<String> lines = java.util.stream.Stream.builder();
    List<String> kinds = List.of("cut", "stop-ssh", "stop-engine", "freeze", "slow");
    for (int node = 1; node <= 4; node++) {
      int at = 5 + random.nextInt(30);
      String kind = kinds.get(random.nextInt(kinds.size()));
      String factor = kind.equals("slow") ? ", factor: 5" : "";
      lines.add(
          String.format(
              "  - {at: %ds, %s: node-%d, for: %ds%s}\n",
              at, kind, node, 1 + random.nextInt(25), factor));
    }
    return String.join("", lines.build().toList());
  }
}
