package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.PackedJar.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a user's policy, built and run as its page says. */
class OwnPolicyIT {

  private static final Path PROJECT = Path.of("examples/my-policy");

  @TempDir private Path folder;

  /** Offline: it needs nothing that faasbench's own build has not brought. */
  @BeforeAll
  static void build() throws Exception {
    Path jar = PROJECT.resolve("target/my-policy.jar");
    Files.deleteIfExists(jar);
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-q",
                "-B",
                "-o",
                "-f",
                PROJECT.toString(),
                "-Dfaasbench.jar=" + PackedJar.JAR,
                "package")
            .redirectErrorStream(true)
            .start();
    String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(maven.waitFor()).as(output).isZero();
    assertThat(output).doesNotContain("WARNING");
    assertThat(jar).exists();
  }

  @Test
  void itIsListedWithItsParameter() throws Exception {
    Result list =
        PackedJar.run(
            List.of(), "policies", "StickyPolicy", "--jar", PROJECT + "/target/my-policy.jar");
    assertThat(list.exitCode()).isZero();
    assertThat(list.output())
        .contains("class org.example.StickyPolicy (my-policy.jar)", "calls in flight on a node");
  }

  @Test
  void itRunsBesideTheToolsPoliciesAndSavesThePulls() throws Exception {
    Result run =
        PackedJar.run(List.of(), "run", PROJECT + "/experiment.yaml", "--out", folder.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(Files.readString(folder.resolve("report.html"))).contains("StickyPolicy(limit=16)");
    List<String> rows = Files.readAllLines(folder.resolve("metrics.csv"));
    assertThat(mean(rows, "StickyPolicy(limit=16)"))
        .isLessThan(0.8 * mean(rows, "random"))
        .isLessThan(0.8 * mean(rows, "join-shortest-queue"));
  }

  private static double mean(List<String> rows, String policy) {
    int column = List.of(rows.get(0).split(",")).indexOf("latency_s");
    return rows.stream()
        .filter(row -> row.contains("," + policy + ","))
        .mapToDouble(row -> Double.parseDouble(row.split(",")[column]))
        .average()
        .orElseThrow();
  }
}
