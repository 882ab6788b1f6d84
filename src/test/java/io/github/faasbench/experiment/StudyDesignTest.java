package io.github.faasbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyDesignTest {

  private static final String FILE =
      """
      name: e
      nodes: [{name: a, host: h, user: u}]
      functions: [{name: f, image: i, command: [run]}]
      policy: [{sticky: {share: 0.1}}, power-of-d, "power-of-d(d=3, signal=ram)"]
      warming: [warmed, cold]
      workload: [{poisson: {rate: 300/m}}, sequential]
      keepAlive: [none, {fixed: {ttl: 600s}}]
      repetitions: 5
      seed: 7
      """;

  @TempDir private Path folder;

  private static Experiment read(String... overrides) {
    return Experiments.of(TestVocabulary.withEveryType(), FILE, overrides);
  }

  private StudyDesign design(String resolved) throws Exception {
    return StudyDesign.read(Files.writeString(folder.resolve("experiment.yaml"), resolved));
  }

  @Test
  void withoutAWordEachFactorsFirstValueIsTheBaseline() {
    StudyDesign design = StudyDesign.of(read());
    assertThat(design)
        .isEqualTo(
            new StudyDesign(
                "ssh",
                7,
                5,
                PrimaryStatistic.MEAN,
                Map.of(
                    Factor.POLICY, "sticky(share=0.1,strict=false)",
                    Factor.WARMING, "warmed",
                    Factor.WORKLOAD, "poisson(rate=5/s)",
                    Factor.KEEP_ALIVE, "none"),
                List.of(50.0, 90.0, 95.0, 99.0),
                Map.of(
                    Factor.POLICY,
                    List.of(
                        "sticky(share=0.1,strict=false)",
                        "power-of-d(d=2,signal=cpu)",
                        "power-of-d(d=3,signal=ram)"),
                    Factor.WARMING,
                    List.of("warmed", "cold"),
                    Factor.WORKLOAD,
                    List.of("poisson(rate=5/s)", "sequential"),
                    Factor.KEEP_ALIVE,
                    List.of("none", "fixed(reset=true,ttl=10m)"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{policy: sticky} | POLICY | sticky(share=0.1,strict=false)",
        "{policy: power-of-d} | POLICY | power-of-d(d=2,signal=cpu)",
        "{policy: {power-of-d: {signal: ram, d: 3}}} | POLICY | power-of-d(d=3,signal=ram)",
        "{policy: 'power-of-d(d=3, signal=ram)'} | POLICY | power-of-d(d=3,signal=ram)",
        "{warming: cold} | WARMING | cold",
        "{workload: poisson} | WORKLOAD | poisson(rate=5/s)",
        "{workload: {poisson: {rate: 5/s}}} | WORKLOAD | poisson(rate=5/s)",
        "{keepAlive: {fixed: {ttl: 10m}}} | KEEP_ALIVE | fixed(reset=true,ttl=10m)",
        "{keepAlive: fixed} | KEEP_ALIVE | fixed(reset=true,ttl=10m)",
      })
  void aBaselineIsNamedInAnyOfItsSpellings(String baseline, Factor factor, String named)
      throws Exception {
    Experiment experiment = read("baseline=" + baseline);
    assertThat(experiment.baseline(factor)).isEqualTo(named);
    for (Factor other : Factor.values()) {
      if (other != factor) {
        assertThat(experiment.baseline(other)).isEqualTo(read().baseline(other));
      }
    }
    assertThat(design(experiment.resolved())).isEqualTo(StudyDesign.of(experiment));
  }

  @Test
  void aRunsFileTellsTheDesignThatItHad() throws Exception {
    Experiment experiment =
        read("primary=median", "percentiles=[99.9, 50, 12.5]", "baseline={warming: cold}");
    assertThat(experiment.primary()).isEqualTo(PrimaryStatistic.MEDIAN);
    assertThat(experiment.percentiles()).containsExactly(12.5, 50.0, 99.9);
    assertThat(experiment.resolved())
        .contains("primary: median\nbaseline:\n", "percentiles: [12.5, 50, 99.9]\n");
    assertThat(design(experiment.resolved())).isEqualTo(StudyDesign.of(experiment));
    assertThat(Experiments.of(TestVocabulary.withEveryType(), experiment.resolved()))
        .isEqualTo(experiment);
  }

  /** What version 0.1 wrote ends before these keys, and is what it was without them. */
  @Test
  void aFileOfVersion01HasTheDefaults() throws Exception {
    String now = read().resolved();
    String then = now.substring(0, now.indexOf("primary:"));
    assertThat(design(then)).isEqualTo(StudyDesign.of(read()));
  }

  /** The names of another machine's jar, and paths that lead nowhere by now. */
  @Test
  void nothingElseInARunsFileIsLookedAt() throws Exception {
    StudyDesign design =
        design(
            """
            backend: sim
            policy: [Theirs, {Theirs: {limit: 2}}]
            warming: [cold]
            workload:
            - trace:
                file: nowhere.csv
                format: simple
                speedup: 1
            keepAlive: [none]
            policyJars: [gone.jar]
            """);
    assertThat(design.factorValues().get(Factor.POLICY))
        .containsExactly("Theirs", "Theirs(limit=2)");
    assertThat(design.baselines())
        .containsEntry(Factor.WORKLOAD, "trace(file=nowhere.csv,format=simple,speedup=1)");
    assertThat(design.backend()).isEqualTo("sim");
    assertThat(design.repetitions()).isEqualTo(1);
  }

  @Test
  void aRunsFileThatSaysNoSuchThingIsNamed() {
    assertThatThrownBy(() -> design("name: e\nseed: x\n"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("experiment.yaml")
        .hasMessageContaining("policy: missing")
        .hasMessageContaining("seed: a whole number is wanted, not 'x'");
    String now = read().resolved();
    assertThatThrownBy(() -> design(now.replace("  warming: warmed", "  warming: paused")))
        .hasMessageContaining(
            "baseline.warming: 'paused' is no value of its factor here; allowed: warmed, cold");
  }
}
