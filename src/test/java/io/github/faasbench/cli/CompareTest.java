package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two simulated runs of one experiment, with and without a difference between them. */
class CompareTest {

  private static final String FILE =
      """
      name: compared
      backend: sim
      nodes: {count: 2, cpu: 1}
      functions: [{name: f, model: {exec: "lognormal(mean=1s, sd=200ms)", pull: 2s}}]
      policy: [round-robin, random]
      warming: [cold, warmed]
      warmReplicas: all
      invocations: 150
      """;

  @TempDir private Path folder;
  private StringWriter console = new StringWriter();

  private int faasbench(String... arguments) {
    console = new StringWriter();
    return Started.faasbench(console, console, arguments);
  }

  /** A run's CSV. */
  private String run(String... settings) throws Exception {
    Path out = Files.createTempDirectory(folder, "out");
    String[] run = Started.run(folder, FILE, out, settings);
    assertThat(faasbench(run)).as(console.toString()).isZero();
    return out.resolve("metrics.csv").toString();
  }

  private static String slower(String by) {
    return "functions.0.model.exec=\"lognormal(mean=" + by + ", sd=200ms)\"";
  }

  @Test
  void ofTheSameSystemNothingIsShownAndNothingFails() throws Exception {
    int failed = 0;
    for (int seed = 1; seed <= 3; seed++) {
      String old = run("seed=" + seed, "invocations=900");
      String young = run("seed=" + (100 + seed), "invocations=900");
      failed += faasbench("compare", old, young, "--fail-on-regression", "5%") == 0 ? 0 : 1;
    }
    assertThat(failed).isZero();
    assertThat(console.toString())
        .contains("note: seed: 3 (old), 103 (new)", "pass: no cell is slower by more than 5 %")
        .contains("geometric mean");
    assertThat(rows()).hasSize(4).allSatisfy(row -> assertThat(row).contains(" ~ "));
  }

  /** Warmed cells are 10 % slower, cold ones, with 2 s of pull, by 3 %. */
  @Test
  void aTenthMoreIsShownAndFails() throws Exception {
    String old = run("seed=1");
    String young = run("seed=2", slower("1.1s"));
    assertThat(faasbench("compare", old, young, "--fail-on-regression", "5"))
        .isEqualTo(ExitCode.CHECK_MISSED);
    List<String> failures =
        console.toString().lines().filter(line -> line.startsWith("FAIL: ")).toList();
    assertThat(failures).hasSize(2);
    assertThat(failures.get(0))
        .matches(
            "FAIL: f · random · warmed · sequential · none is slower: \\+\\d+\\.\\d % \\(95 % interval"
                + " \\+\\d+\\.\\d % to \\+\\d+\\.\\d %\\), the limit is 5 %");
    assertThat(console.toString())
        .contains("note: functions.0.model.exec.lognormal.mean: 1s (old)");
    assertThat(faasbench("compare", old, young)).isZero();
    assertThat(faasbench("compare", old, young, "--fail-on-regression", "30%")).isZero();
    assertThat(faasbench("compare", young, old, "--fail-on-regression", "5%")).isZero();
  }

  @Test
  void calledByTheSameNameTheRowsStandInColumns() throws Exception {
    String old = run("seed=1", "policy=random");
    assertThat(faasbench("compare", old, old)).isZero();
    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat(row)
                    .matches(
                        "f +random +(cold|warmed) +\\d\\.\\d{3} +\\d\\.\\d{3} +~ +\\S+ % to \\S+ %"
                            + " +1\\.000 +150 calls, paired"));
    assertThat(console.toString()).contains("geometric mean").contains("+0.0 %");
  }

  private List<String> rows() {
    return console.toString().lines().filter(line -> line.startsWith("f ")).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policy=random | policy: random, round-robin (old), random (new)",
        "warming=[cold, pre-warmed] | warming: cold, warmed (old), cold, pre-warmed (new)",
        "name=other | experiment: compared (old), other (new)",
        "nodes.count=3 | nodes.count: 2 (old), 3 (new)",
        "ramThreshold=50 | ramThreshold: 90 (old), 50 (new)",
        "functions.0.name=g | function: f (old), g (new)",
      })
  void unlikeExperimentsAreRefusedWithWhatDiffers(String setting, String difference)
      throws Exception {
    String old = run();
    String young = run(setting);
    assertThat(faasbench("compare", old, young)).isEqualTo(ExitCode.MISTAKE);
    assertThat(console.toString()).contains("\n  " + difference + "\n").contains("--anyway");
    int exit = faasbench("compare", old, young, "--anyway");
    if (setting.startsWith("functions")) {
      assertThat(exit).isEqualTo(ExitCode.MISTAKE);
      assertThat(console.toString()).startsWith("No cell is in both ");
    } else {
      assertThat(exit).isZero();
      assertThat(console.toString()).contains("unlike: " + difference);
    }
  }

  @Test
  void whatTheVerdictsAreAboutIsToldAndChangesNoData() throws Exception {
    String old = run();
    String young = run("primary=p95", "baseline={policy: random}", "percentiles=[50, 99.9]");
    assertThat(faasbench("compare", old, young)).isZero();
    assertThat(console.toString())
        .contains(
            "note: primary: mean (old), p95 (new)",
            "note: baseline.policy: round-robin (old), random (new)",
            "note: percentiles: [50, 90, 95, 99] (old), [50, 99.9] (new)");
    assertThat(rows()).hasSize(4).allSatisfy(row -> assertThat(row).contains(" ~ "));
  }

  /** Whose file ends before these keys. */
  @Test
  void aRunOfVersion01DiffersInNoneOfIt() throws Exception {
    String old = run();
    for (Path file : filesNamed("experiment.yaml", Path.of(old).getParent())) {
      String text = Files.readString(file);
      Files.writeString(file, text.substring(0, text.indexOf("primary:")));
    }
    String young = run("primary=p95");
    assertThat(faasbench("compare", old, young)).isZero();
    assertThat(console.toString()).doesNotContain("primary", "baseline", "percentiles", "beside");
  }

  private static List<Path> filesNamed(String name, Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = files.filter(file -> file.endsWith(name)).toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }

  @Test
  void aCellThatOneRunLacksIsNamed() throws Exception {
    String old = run();
    String young = run("policy=random");
    assertThat(faasbench("compare", old, young, "--anyway")).isZero();
    assertThat(console.toString())
        .contains("only in old: f · round-robin · cold · sequential · none");
    assertThat(rows()).hasSize(2);
  }

  @Test
  void withoutRunFoldersTheRowsAloneAreCompared() throws Exception {
    Path old = Files.copy(Path.of(run("seed=1")), folder.resolve("old.csv"));
    Path young = Files.copy(Path.of(run("seed=2", "nodes.count=3")), folder.resolve("new.csv"));
    assertThat(faasbench("compare", old.toString(), young.toString())).isZero();
    assertThat(console.toString()).contains("is beside its CSV: other settings may differ");
  }

  /** A queue at 90 % load: 400 calls are worth a few, and no change can be told. */
  @Test
  void whatCannotBeToldIsUndecidedAndNoPass() throws Exception {
    String[] queue = {
      "nodes={count: 1, cpu: 1, slots: 1}",
      "workload={poisson: {rate: 0.9/s}}",
      "functions.0.model={exec: \"exponential(mean=1s)\"}",
      "busy=wait",
      "policy=random",
      "warming=warmed",
      "invocations=400",
      "timeout=1h"
    };
    String old = run(and("seed=1", queue));
    String young = run(and("seed=2", queue));
    assertThat(faasbench("compare", old, young)).isZero();
    assertThat(faasbench("compare", old, young, "--fail-on-regression", "5%"))
        .isEqualTo(ExitCode.UNDECIDED);
    assertThat(console.toString())
        .contains(
            "UNDECIDED: f · random · warmed · poisson(rate=0.9/s) · none: calls depend on each")
        .contains("or set repetitions: 5 or more")
        .contains("this is no pass");
  }

  private static String[] and(String one, String... more) {
    return Stream.concat(Stream.of(one), Stream.of(more)).toArray(String[]::new);
  }

  /** The interval reaches over the limit: neither a miss nor a pass. */
  @Test
  void anIntervalOverTheLimitIsUndecidedAndSaysHowMuchToMeasure() throws Exception {
    String old = run("seed=1");
    String young = run("seed=2");
    assertThat(faasbench("compare", old, young, "--fail-on-regression", "0.5%"))
        .isEqualTo(ExitCode.UNDECIDED);
    assertThat(console.toString())
        .containsPattern(
            "UNDECIDED: f · random · warmed · sequential · none may be slower by more than 0.5 %, or"
                + " not: .*; (measure about \\d+ times as many calls|it is as close)");
  }

  /** Nodes that reject what finds no place answer the rest at once. */
  @Test
  void whoFailsMoreOfItsCallsDoesNotPass() throws Exception {
    String[] load = {
      "nodes={count: 1, cpu: 1, slots: 1, whenFull: queue}",
      "workload={poisson: {rate: 0.8/s}}",
      "policy=random",
      "warming=warmed",
      "invocations=300",
      "repetitions=5",
      "timeout=1h"
    };
    String old = run(and("seed=1", load));
    String young = Files.createTempDirectory(folder, "out").toString();
    String[] rejecting = Started.run(folder, FILE, Path.of(young), and("seed=1", load));
    List<String> more = new java.util.ArrayList<>(List.of(rejecting));
    more.addAll(List.of("--set", "nodes={count: 1, cpu: 1, slots: 1, whenFull: reject}"));
    assertThat(faasbench(more.toArray(String[]::new))).isEqualTo(ExitCode.CALLS_FAILED);
    assertThat(
            faasbench(
                "compare", old, young + "/metrics.csv", "--anyway", "--fail-on-regression", "5%"))
        .isEqualTo(ExitCode.UNDECIDED);
    assertThat(console.toString()).contains("of its calls, before 0.0 %: latencies are no answer");
  }

  /** The same load twice: nothing can be more alike. */
  @Test
  void runsOfOneSeedAreComparedInPairs() throws Exception {
    String old = run("seed=1", "policy=random");
    String young = run("seed=1", "policy=random", slower("1.01s"));
    assertThat(faasbench("compare", old, young)).isZero();
    assertThat(rows().get(1))
        .matches("f +random +warmed .* \\+1\\.0 % +\\+\\d\\.\\d % to \\+\\d\\.\\d % .*, paired");
  }

  @Test
  void aLimitThatIsNoPercentageAndAFileThatIsNotThereAreMistakes() throws Exception {
    String csv = run();
    for (String[] wrong :
        new String[][] {
          {"compare", csv, csv, "--fail-on-regression", "much"},
          {"compare", csv, csv, "--fail-on-regression=-5"},
          {"compare", csv, folder.resolve("none.csv").toString()},
          {"compare", csv}
        }) {
      assertThat(faasbench(wrong)).as(Arrays.toString(wrong)).isEqualTo(ExitCode.MISTAKE);
    }
  }
}
