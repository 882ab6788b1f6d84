package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.policy.catalog.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users' policies that take the whole program with them: no run is a success then. */
@Timeout(180)
class PolicyThatEndsJavaTest {

  @TempDir private Path folder;

  private Forked run(String inTheFifthChoice) throws IOException {
    TestJar.of(
        folder.resolve("mine.jar"),
        """
        public final class Rude implements SchedulingPolicy {
          private int choices;
          public Needs needs() { return Needs.NONE; }
          public Decision choose(Request r, ClusterView c, long now) {
            if (++choices == 5) { %s; }
            return Decision.runOn(c.least(Signal.IN_FLIGHT));
          }
        }
        """
            .formatted(inTheFifthChoice));
    Files.writeString(
        folder.resolve("e.yaml"),
        """
        name: e
        backend: sim
        nodes: {count: 4, cpu: 1}
        functions: [{name: f, model: {exec: {exponential: {mean: 1s}}}}]
        policy: Rude
        policyJars: [mine.jar]
        workload: {poisson: {rate: 2/s}}
        invocations: 50
        warming: cold
        """);
    return new Forked(folder, "run e.yaml --no-report");
  }

  private String journal() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      return Files.readString(files.filter(p -> p.endsWith("journal")).findFirst().orElseThrow());
    }
  }

  @Test
  void onlyARunThatCameToItsEndIsASuccess() throws Exception {
    Forked run = run("choices++");
    assertThat(run.end()).as(run.errors()).isZero();
    assertThat(journal()).endsWith("finished\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Runtime.getRuntime().halt(0) | the process that runs the classes of mine.jar ended with code 0",
        "Runtime.getRuntime().halt(4) | the process that runs the classes of mine.jar ended with code 4",
        "System.exit(0) | a policy ended the program by System.exit: Rude.choose(",
        "new Thread(() -> System.exit(0)).start(); while (choices != 0) { choices += 2; }"
            + " | a policy ended the program by System.exit: Rude.",
      })
  void aHaltOrAnExitIsNoSuccess(String what, String message) throws Exception {
    Forked run = run(what);
    assertThat(run.end()).as(run.errors()).isEqualTo(ExitCode.MISTAKE);
    assertThat(run.errors()).contains(message).contains("mine.jar");
    assertThat(journal()).doesNotContain("finished");
  }

  /** The other threads of a policy are its own; that they interrupt the run's is told. */
  @Test
  void anInterruptFromAThreadOfThePolicyIsToldAsThat() throws Exception {
    Forked run =
        run(
            "Thread run = Thread.currentThread();"
                + " new Thread(() -> { while (true) { run.interrupt(); } }).start()");
    assertThat(run.end()).as(run.errors()).isEqualTo(ExitCode.MISTAKE);
    assertThat(run.errors()).containsAnyOf("only a class of policyJars", "interrupted the thread");
    assertThat(run.errors()).doesNotContain("a file can't be read");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void oneThatSpinsIsNamedAndNotWaitedFor(String signal, int exitCode) throws Exception {
    Path spins = folder.resolve("spins");
    Forked run =
        run(
            "try { new java.io.File(\"spins\").createNewFile(); } catch (java.io.IOException e) {}"
                + " while (choices != 0) { choices += 2; }");
    while (run.isAlive() && !Files.exists(spins)) {
      Thread.sleep(20);
    }
    run.signal(signal);
    long begun = System.nanoTime();
    assertThat(run.end()).as(run.errors()).isEqualTo(exitCode);
    assertThat((System.nanoTime() - begun) / 1e9).isLessThan(30);
    assertThat(run.errors())
        .containsPattern("it is in a policy: Rude\\.choose\\(Rude\\.java:\\d+\\) in mine\\.jar")
        .contains("to go on with it: ");
  }
}
