package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.Hostile;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.RunRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellQuoteTest {
  private static final String[] HOSTILE = {
    "'", "''", "\\", "\"", "$HOME", "$(id)", "`id`", "\n", "\t", " ", "*", "?", "[a]", "~", "!",
        "#",
    ";", "|", "&", "<", ">", "(", ")", "{a,b}", "%s", "-n", "=", "é", "你", "\u0001", "\r", "a"
  };

  @Test
  void aRealShellReadsHostileWordsBackToTheByte() throws Exception {
    Random random = new Random(42);
    for (int round = 0; round < 100; round++) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        StringBuilder word = new StringBuilder();
        int length = random.nextInt(8);
        for (int j = 0; j < length; j++) {
          word.append(HOSTILE[random.nextInt(HOSTILE.length)]);
        }
        words.add(word.toString());
      }
      String script = "printf '%s\\0' " + ShellQuote.words(words);
      assertThat(shell(script)).isEqualTo(String.join("\0", words) + "\0");
      // twice quoted, as a command line within `sh -c`
      assertThat(shell("exec sh -c " + ShellQuote.word(script)))
          .isEqualTo(String.join("\0", words) + "\0");
    }
  }

  /** The whole command line of a call, with a docker that only writes down its arguments. */
  @Test
  void everyArgumentOfACallReachesDockerAsItIsInEveryShell(@TempDir Path folder) throws Exception {
    Path sudo = folder.resolve("sudo");
    Files.writeString(
        sudo, "#!/bin/sh\nprintf '%s\\0' \"$#\" \"$@\" >>" + folder.resolve("log") + "\n");
    assertThat(sudo.toFile().setExecutable(true)).isTrue();
    List<String> shells =
        Stream.of("/bin/sh", "/bin/bash", "/bin/dash", "/bin/ksh")
            .filter(shell -> Files.isExecutable(Path.of(shell)))
            .toList();
    Hostile.each(
        "commands in a shell",
        150,
        hostile -> {
          Files.deleteIfExists(folder.resolve("log"));
          List<String> command = List.of(word(hostile), word(hostile), word(hostile));
          String image = word(hostile);
          RunRequest request =
              new RunRequest(
                  "c-" + word(hostile),
                  image,
                  command,
                  Map.of("label", word(hostile)),
                  "bridge",
                  true,
                  RunRequest.Demand.NONE);
          String script = CliScript.run("abc", request);
          boolean twice = hostile.random().nextBoolean();
          Path file = folder.resolve("script");
          Files.writeString(file, twice ? "exec sh -c " + ShellQuote.word(script) : script);
          ProcessBuilder shell =
              new ProcessBuilder(hostile.oneOf(shells.toArray(String[]::new)), file.toString())
                  .directory(folder.toFile())
                  .redirectErrorStream(true);
          shell.environment().merge("PATH", folder + ":", (path, first) -> first + path);
          Process process = shell.redirectOutput(folder.resolve("said").toFile()).start();
          process.getOutputStream().close();
          assertThat(process.waitFor()).isZero();
          List<List<String>> calls = calls(folder.resolve("log"));
          String named = Inventory.withTag(image);
          assertThat(calls.get(0)).containsExactly("-n", "docker", "pull", named);
          List<String> create = new ArrayList<>(List.of("-n", "docker", "create", "--pull"));
          create.addAll(List.of("never", "--log-driver", "none", "--name", request.container()));
          create.addAll(List.of("--network", "bridge", "--label"));
          create.addAll(List.of("label=" + request.labels().get("label"), "--entrypoint", ""));
          create.add(named);
          create.addAll(command);
          assertThat(calls.get(1)).isEqualTo(create);
          assertThat(calls.get(2))
              .containsExactly("-n", "docker", "start", "-a", request.container());
          assertThat(calls).hasSize(5);
          assertThat(folder.resolve("pwned")).doesNotExist();
        });
  }

  /** What has bytes in UTF-8 and can be an argument. */
  private static String word(Hostile hostile) {
    byte[] bytes = hostile.text().replace("\0", "").getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static List<List<String>> calls(Path log) throws Exception {
    String[] words = Files.readString(log).split("\0", -1);
    List<List<String>> calls = new ArrayList<>();
    for (int at = 0; at + 1 < words.length; ) {
      int count = Integer.parseInt(words[at]);
      calls.add(List.of(words).subList(at + 1, at + 1 + count));
      at += 1 + count;
    }
    return calls;
  }

  private static String shell(String script) throws Exception {
    Process process = new ProcessBuilder("/bin/sh", "-c", script).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text;
  }

  @Test
  void nulCannotBeAnArgument() {
    assertThatThrownBy(() -> ShellQuote.word("a\0b")).isInstanceOf(IllegalArgumentException.class);
  }
}
