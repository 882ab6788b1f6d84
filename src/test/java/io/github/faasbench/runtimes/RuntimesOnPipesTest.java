package io.github.faasbench.runtimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtimes whose interpreters are on this machine, as processes of it. */
class RuntimesOnPipesTest {

  private static final String RUNTIMES = "functions/runtimes/";
  private static final String PROBES = "src/test/resources/functions/";

  @TempDir static Path classes;

  private static void need(String program) {
    boolean there =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(there, program + " is not on this machine");
  }

  /** The exit code of a call of the probe. */
  private static int code(Talk talk, long id, String... args) throws Exception {
    return talk.ask(id, args).get("exit_code").intValue();
  }

  /** A thread, timer or the like that a function leaves does not outlive the end of the input. */
  private static void endsThoughAThreadIsLeft(List<String> probe) throws Exception {
    try (var talk = new Talk(probe)) {
      assertThat(code(talk, 1, "thread")).isZero();
      talk.hangUp();
      assertThat(talk.exitCode()).isZero();
    }
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
        assertThat(code(talk, 1, "exit", "42")).isEqualTo(42);
        assertThat(talk.ask(2, "exit true").get("exit_code").isIntegralNumber()).isTrue();
        assertThat(code(talk, 3, "unsayable")).isEqualTo(1);
        assertThat(talk.ask(4, "mute").get("result").textValue()).isEqualTo("Mute");
        assertThat(code(talk, 5, "")).isZero();
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
      endsThoughAThreadIsLeft(probe());
    }
  }

  @Nested
  class Node extends RuntimeContract {

    private List<String> runtime(String folder) {
      need("node");
      return List.of("node", RUNTIMES + "node.js", folder + "/fibonacci.js");
    }

    @Override
    List<String> fibonacci() {
      return runtime("functions/fibonacci-node");
    }

    @Override
    List<String> probe() {
      return runtime(PROBES + "node");
    }

    @Override
    String name() {
      return "node ";
    }

    @Test
    void whateverItThrowsIsAFailedCall() throws Exception {
      try (var talk = new Talk(probe())) {
        assertThat(code(talk, 1, "reject", "x")).isEqualTo(1);
        assertThat(code(talk, 2, "mute")).isEqualTo(1);
        assertThat(code(talk, 3, "unsayable")).isEqualTo(1);
        assertThat(code(talk, 4, "")).isZero();
      }
    }

    @Test
    void aTimerThatTheFunctionLeavesDoesNotKeepItAlive() throws Exception {
      endsThoughAThreadIsLeft(probe());
    }
  }

  @Nested
  class Java extends RuntimeContract {

    private List<String> runtime(String folder) throws Exception {
      Path out = Files.createTempDirectory(classes, "classes");
      String[] words = {
        "-d", out.toString(), RUNTIMES + "Resident.java", folder + "/Fibonacci.java"
      };
      assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words)).isZero();
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      return List.of(java, "-Xshare:auto", "-cp", out.toString(), "Resident", "Fibonacci");
    }

    @Override
    List<String> fibonacci() throws Exception {
      return runtime("functions/fibonacci-java");
    }

    @Override
    List<String> probe() throws Exception {
      return runtime(PROBES + "java");
    }

    @Override
    String name() {
      return "java ";
    }

    @Test
    void whateverItThrowsOrReturnsIsAnAnswer() throws Exception {
      try (var talk = new Talk(probe())) {
        assertThat(code(talk, 1, "mute")).isEqualTo(1);
        assertThat(code(talk, 2, "unsayable")).isEqualTo(1);
        assertThat(talk.ask(3, "map").get("result").toString())
            .isEqualTo("{\"a\":[1,2.5,null,true,[],{}]}");
      }
    }

    @Test
    void aThreadThatTheFunctionLeavesDoesNotKeepItAlive() throws Exception {
      endsThoughAThreadIsLeft(probe());
    }
  }
}
