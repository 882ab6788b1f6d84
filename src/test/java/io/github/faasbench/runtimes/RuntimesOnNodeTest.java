package io.github.faasbench.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.faasbench.experiment.BuildSpec;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.provision.Images;
import io.github.faasbench.provision.SystemProcesses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every runtime in its own image, in a container of a real node. The images are built here and come
 * to the node through its registry; what is said to a runtime goes over SSH.
 */
@Tag("docker")
class RuntimesOnNodeTest {

  private static final List<String> NODE =
      List.of(
          ("ssh -i .faasbench/id_ed25519 -p 2201 -o BatchMode=yes -o StrictHostKeyChecking=no"
                  + " -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR sshuser@127.0.0.1"
                  + " sudo docker")
              .split(" "));

  private static final List<String> pulled = new ArrayList<>();

  @TempDir static Path folder;

  private static Images images() {
    return new Images(Optional.empty(), System.getenv(), new SystemProcesses());
  }

  @AfterAll
  static void removeThem() throws Exception {
    for (String image : pulled) {
      said(docker("rmi", image), 0);
    }
  }

  /** The node's docker command with these words, none of which means anything to a shell. */
  private static List<String> docker(String... words) {
    var command = new ArrayList<>(NODE);
    command.addAll(List.of(words));
    return command;
  }

  private static String said(List<String> command, int exitCode) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, text).isEqualTo(exitCode);
    return text;
  }

  /** A language's image: with the shipped function, or with the probe in its place. */
  private abstract static class InAnImage extends RuntimeContract {
    private final String language;
    private final String file;
    private final List<String> once;
    private final List<String> resident;

    InAnImage(String language, String file, List<String> once, List<String> resident) {
      this.language = language;
      this.file = file;
      this.once = once;
      this.resident = resident;
    }

    @Override
    List<String> fibonacci() throws Exception {
      return container(built("fibonacci", Path.of("functions")), resident);
    }

    @Override
    List<String> probe() throws Exception {
      Path functions = Path.of("functions");
      Path context = folder.resolve("functions-" + language);
      if (!Files.exists(context)) {
        Path own = Files.createDirectories(context.resolve("fibonacci-" + language));
        Files.createDirectories(context.resolve("runtimes"));
        try (Stream<Path> runtimes = Files.list(functions.resolve("runtimes"))) {
          for (Path runtime : runtimes.filter(Files::isRegularFile).toList()) {
            Files.copy(runtime, context.resolve("runtimes").resolve(runtime.getFileName()));
          }
        }
        Path shipped = functions.resolve("fibonacci-" + language);
        Files.copy(shipped.resolve("Dockerfile"), own.resolve("Dockerfile"));
        Path probes = Path.of("src/test/resources/functions");
        Files.copy(probes.resolve(language).resolve(file), own.resolve(file));
      }
      return container(built("probe", context), resident);
    }

    private String built(String what, Path context) throws Exception {
      String image = "localhost:5055/runtimes-test/" + what + "-" + language;
      var build =
          new BuildSpec(context.toString(), "fibonacci-" + language + "/Dockerfile", Map.of());
      var function =
          new FunctionSpec(what, image, Optional.of(build), List.of("true"), Optional.empty());
      images().provide(List.of(function), line -> {});
      if (!pulled.contains(image)) {
        said(docker("pull", "-q", image), 0);
        pulled.add(image);
      }
      return image;
    }

    private List<String> container(String image, List<String> command) {
      List<String> words =
          docker("run", "--rm", "-i", "--network", "none", "--entrypoint", command.get(0), image);
      words.addAll(command.subList(1, command.size()));
      return words;
    }

    @Override
    String name() {
      return language + " ";
    }

    @Override
    List<String> garbage() {
      return GARBAGE.subList(0, 2);
    }

    @Test
    void theSameFunctionRunsOnceInANewProcessAndAContainerMayWait() throws Exception {
      String image = built("fibonacci", Path.of("functions"));
      var command = new ArrayList<>(once);
      command.add("1000");
      assertThat(said(container(image, command), 0)).isEqualTo("Ok\n");
      command.set(once.size(), "x");
      said(container(image, command), 1);
      said(container(image, List.of("sleep", "0")), 0);
    }
  }

  @Nested
  class Python extends InAnImage {
    Python() {
      super(
          "python",
          "fibonacci.py",
          List.of("python3", "fibonacci.py"),
          List.of("python3", "runtime.py", "fibonacci.py"));
    }
  }

  @Nested
  class Node extends InAnImage {
    Node() {
      super(
          "node",
          "fibonacci.js",
          List.of("node", "fibonacci.js"),
          List.of("node", "runtime.js", "fibonacci.js"));
    }
  }

  @Nested
  class Java extends InAnImage {
    Java() {
      super(
          "java",
          "Fibonacci.java",
          List.of("java", "Fibonacci"),
          List.of("java", "Resident", "Fibonacci"));
    }
  }

  @Nested
  class Go extends InAnImage {
    Go() {
      super("go", "fibonacci.go", List.of("/fibonacci"), List.of("/fibonacci"));
    }

    @Override
    List<String> garbage() {
      return GARBAGE; // nothing tries its parser on pipes
    }

    @Test
    void panicsAndCodedErrorsAreFailedCalls() throws Exception {
      try (var talk = new Talk(probe())) {
        assertThat(talk.ask(1, "panic", "so bad").get("result").textValue())
            .isEqualTo("panic: so bad");
        assertThat(talk.ask(2, "exit").get("exit_code").intValue()).isEqualTo(42);
        assertThat(talk.ask(3, "unsayable").get("exit_code").intValue()).isEqualTo(1);
        assertThat(talk.ask(4, "print", "x").get("exit_code").intValue()).isZero();
        assertThat(talk.errors()).contains("of a child");
        talk.ask(5, "thread");
        talk.hangUp();
        assertThat(talk.exitCode()).isZero();
      }
    }
  }

  @Nested
  class Executable extends InAnImage {
    Executable() {
      super(
          "executable", "fibonacci.c", List.of("/fibonacci"), List.of("/executable", "/fibonacci"));
    }

    @Override
    String echoed(JsonNode result) {
      return result.textValue();
    }

    @Test
    void aProgramThatEndsIsStartedAnewForTheNextCall() throws Exception {
      try (var talk = new Talk(probe())) {
        JsonNode answer = talk.ask(1, "exit", "42");
        assertThat(answer.get("exit_code").intValue()).isEqualTo(42);
        assertThat(answer.get("result").textValue())
            .isEqualTo("the program ended without a line, with exit code 42");
        assertThat(talk.ask(2, "exit", "0").get("exit_code").intValue()).isEqualTo(1);
        assertThat(talk.ask(3, "kill").get("exit_code").intValue()).isEqualTo(137);
        assertThat(talk.ask(4, "echo", "a", "b").get("result").textValue()).isEqualTo("a b");
      }
    }

    @Test
    void aLineTooManyIsNoOtherCallsAnswer() throws Exception {
      try (var talk = new Talk(probe())) {
        talk.ask(1, "twice");
        Thread.sleep(100); // the second line may come a moment later
        assertThat(talk.ask(2, "echo", "mine").get("result").textValue()).isEqualTo("mine");
        assertThat(talk.errors()).contains("a line too many");
        assertThat(talk.ask(3, "echo", "a\nb").get("exit_code").intValue()).isEqualTo(1);
        assertThat(talk.ask(4, "echo", "c").get("result").textValue()).isEqualTo("c");
      }
    }
  }
}
