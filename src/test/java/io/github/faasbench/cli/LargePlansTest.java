package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A plan that would take minutes or all memory before its first call is refused, with its place.
 */
@Timeout(60)
class LargePlansTest {

  private static final String FILE =
      """
      name: large
      backend: sim
      nodes: {count: 4, cpu: 1}
      functions: [{name: f, model: {exec: 1s}}, {name: g, model: {exec: 1s}}]
      policy: round-robin
      warming: cold
      """;

  @TempDir private Path folder;
  private final StringWriter errors = new StringWriter();

  private int plan(String... settings) throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), FILE);
    List<String> words = new ArrayList<>(List.of("plan", file.toString()));
    Arrays.stream(settings).forEach(setting -> words.addAll(List.of("--set", setting)));
    return Started.faasbench(new StringWriter(), errors, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repetitions=10000000 | repetitions: 2 combinations | 100000 cells",
        "repetitions=60000 | repetitions: 2 combinations | 100000 cells",
        "nodes.count=1000000000 | nodes.count | between 1 and 100000",
        "workload={closed: {clients: 2000000000}} | clients | between 1 and 1000000",
        "policy={power-of-d: {d: 2000000000}} | policy.power-of-d.d | and 1000000",
        "policy={consistent-hash: {points: 100000000}} | points | and 1000000",
        "keepAlive={pool: {size: 2000000000}} | keepAlive.pool.size | and 1000000",
        "keepAlive={hybrid-histogram: {range: 10000000h}} | hybrid-histogram.range | longer than a year",
        "workload={bursty: {rate: 1/s, on: 1us, off: 1us}} | workload: bursty | 10000 bursts",
      })
  void isRefusedWithItsKey(String setting, String key, String limit) throws Exception {
    assertThat(plan(setting)).isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains(key).contains(limit);
  }

  @Test
  void productsAreLimitedToo() throws Exception {
    assertThat(plan("nodes.count=100000", "policy={consistent-hash: {points: 1000000}}"))
        .isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains("points times 100000 nodes are more than 20000000");
    assertThat(plan("duration=1000h", "workload={poisson: {rate: 100000/s}}"))
        .isEqualTo(ExitCode.MISTAKE);
    assertThat(errors.toString()).contains("duration: about 7.20e+11 calls would come");
  }

  @Test
  void theLargestThatIsAllowedIsPlanned() throws Exception {
    assertThat(plan("repetitions=50000", "invocations=1")).as(errors.toString()).isZero();
    assertThat(plan("nodes.count=100000")).as(errors.toString()).isZero();
  }
}
