package io.github.faasbench.runtimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The runtimes whose interpreters are on this machine, as processes of it. */
class RuntimesOnPipesTest {

  private static final String RUNTIMES = "functions/runtimes/";
  private static final String PROBES = "src/test/resources/functions/";

  private static void need(String program) {
    boolean there =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(there, program + " is not on this machine");
  }

  @Nested
  class Python extends RuntimeContract {

    private List<String> runtime(String folder) {
      need("python3");
      return List.of("python3", RUNTIMES + "python.py", folder + "/fibonacci.py");
    }

    @Override
    List<String> fibonacci() {
      return runtime("functions/fibonacci-python");
    }

    @Override
    List<String> probe() {
      return runtime(PROBES + "python");
    }

    @Override
    String name() {
      return "python 3";
    }

    @Test
    void whatChildrenPrintGoesToStandardErrorToo() throws Exception {
      try (var talk = new Talk(probe())) {
        assertThat(talk.ask(1, "print", "x").get("exit_code").intValue()).isZero();
        assertThat(talk.errors()).contains("of a child");
      }
    }

    @Test
    void anExitOfTheFunctionIsTheCallsExitCode() throws Exception {
      try (var talk = new Talk(probe())) {
        assertThat(talk.ask(1, "exit", "42").get("exit_code").intValue()).isEqualTo(42);
        assertThat(talk.ask(2, "exit true").get("exit_code").isIntegralNumber()).isTrue();
        assertThat(talk.ask(3, "unsayable").get("exit_code").intValue()).isEqualTo(1);
        assertThat(talk.ask(4, "mute").get("result").textValue()).isEqualTo("Mute");
        assertThat(talk.ask(5, "").get("exit_code").intValue()).isZero();
      }
    }

    @Test
    void aChildThatTheFunctionForksAnswersNothing() throws Exception {
      try (var talk = new Talk(probe())) {
        for (int id = 1; id <= 20; id++) {
          assertThat(talk.ask(id, "fork").get("id").intValue()).isEqualTo(id);
        }
        talk.hangUp();
        assertThat(talk.rest()).isEmpty();
      }
    }

    @Test
    void aThreadThatTheFunctionLeavesDoesNotKeepItAlive() throws Exception {
      try (var talk = new Talk(probe())) {
        assertThat(talk.ask(1, "thread").get("exit_code").intValue()).isZero();
        talk.hangUp();
        assertThat(talk.exitCode()).isZero();
      }
    }
  }
}
