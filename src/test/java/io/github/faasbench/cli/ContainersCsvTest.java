package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.ContainerLife.End;
import io.github.faasbench.metrics.ContainerLives;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RowProblem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The second CSV of a run: one row per life of a container that waited for calls. */
class ContainersCsvTest {

  private static final String FILE =
      """
      name: lives
      backend: sim
      seed: 3
      nodes: {count: 2, cpu: 1, memory: 256MiB}
      functions:
        - {name: f, model: {pull: 1s, start: 0.2s, exec: 1s, memory: 100MiB}}
        - {name: g, model: {pull: 1s, start: 0.2s, exec: 2s, memory: 60MiB}}
      policy: round-robin
      warming: %s
      keepAlive: %s
      workload: {poisson: {rate: 0.2/s}}
      mix: together
      whenNoNode: wait
      ramThreshold: 100
      repetitions: 2
      invocations: 100
      """;

  @TempDir private Path folder;
  private final StringWriter console = new StringWriter();

  private void run(String warming, String keepAlive, String... options) throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), FILE.formatted(warming, keepAlive));
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(console));
    commandLine.setErr(new PrintWriter(console));
    List<String> words = new ArrayList<>(List.of("run", file.toString(), "-q", "--no-report"));
    words.addAll(List.of("--out", folder.resolve("out").toString()));
    words.addAll(List.of(options));
    assertThat(commandLine.execute(words.toArray(String[]::new))).as(console.toString()).isZero();
  }

  private List<Path> files() throws Exception {
    Path out = folder.resolve("out");
    if (!Files.exists(out)) {
      return List.of();
    }
    try (var files = Files.walk(out)) {
      return files.filter(f -> f.endsWith("containers.csv")).toList();
    }
  }

  private List<ContainerLife> lives() throws Exception {
    List<ContainerLife> lives = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    ContainerLives.stream(files().get(0), lives::add, problems::add);
    assertThat(problems).isEmpty();
    return lives;
  }

  @Test
  void everyCallIsAUseOfOneContainerAndItsTimeIsBusyTime() throws Exception {
    run("cold", "{fixed: {ttl: 20s}}");
    List<Invocation> calls = CsvRecords.read(folder.resolve("out/metrics.csv")).rows();
    List<ContainerLife> lives = lives();
    assertThat(lives.stream().mapToLong(ContainerLife::uses).sum()).isEqualTo(calls.size());
    long cold = calls.stream().filter(call -> call.mode().equals("cold")).count();
    assertThat(lives).hasSize((int) cold);
    double executed = calls.stream().mapToDouble(Invocation::execSeconds).sum();
    assertThat(lives.stream().mapToDouble(ContainerLife::busySeconds).sum())
        .isCloseTo(executed, within(1e-3)); // one call at a time in each
    assertThat(lives).extracting(ContainerLife::end).contains(End.EXPIRED, End.EVICTED);
    assertThat(lives)
        .allSatisfy(
            life ->
                assertThat(life.idleMebibyteSeconds())
                    .isCloseTo(
                        life.idleSeconds() * (life.function().equals("f") ? 100 : 60),
                        within(1e-3)));
    assertThat(lives).extracting(life -> life.cell().repetition()).contains(1, 2);
    assertThat(lives)
        .extracting(life -> life.cell().keepAlive())
        .containsOnly(calls.get(0).keepAlive());
  }

  @Test
  void preparedContainersHaveRowsWithoutAnyKeepAliveToo() throws Exception {
    run("warmed", "none", "--set", "busy=wait");
    assertThat(lives()).hasSize(4).allMatch(life -> life.end() == End.CELL_END);
  }

  @Test
  void whereNoContainerWaitsThereIsNoFile() throws Exception {
    run("cold", "none");
    assertThat(files()).isEmpty();
  }

  @Test
  void withoutACsvThereIsNoneEither() throws Exception {
    run("cold", "{fixed: {ttl: 20s}}", "--no-csv");
    assertThat(files()).isEmpty();
  }

  @Test
  void aLineThatIsCutOffIsToldAndTheOthersAreRead() throws Exception {
    run("cold", "{fixed: {ttl: 20s}}");
    int all = lives().size();
    Path file = files().get(0);
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 30));
    List<ContainerLife> lives = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    ContainerLives.stream(file, lives::add, problems::add);
    assertThat(lives).hasSize(all - 1);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).toString()).contains("containers.csv").contains(":" + (all + 1));
  }
}
