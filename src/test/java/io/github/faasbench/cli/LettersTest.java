package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar started without the launcher, where no locale is set. */
@Timeout(120)
class LettersTest {

  /** As a shell says it, whatever locale these tests have. */
  private static final String NAME = "$(printf 'b\\303\\274')";

  private static final String REMEDY = "start faasbench with one that has them, LC_ALL=C.UTF-8";

  @TempDir private Path folder;

  private String faasbench(int exitCode, String locale, String line) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String main = "\"$0\" -cp \"$1\" " + Main.class.getName();
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    "env",
                    "LC_ALL=" + locale,
                    "sh",
                    "-c",
                    line.replace("faasbench", main),
                    java,
                    System.getProperty("java.class.path")))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    int ended = process.waitFor();
    String text = Files.readString(said);
    assertThat(ended).as(text).isEqualTo(exitCode);
    return text;
  }

  @Test
  void anArgumentThatLostItsLettersIsToldWithTheRemedy() throws Exception {
    assertThat(faasbench(ExitCode.MISTAKE, "C", "faasbench plan " + NAME + ".yaml"))
        .contains("the argument 'b??.yaml' has letters that the locale does not have", REMEDY)
        .contains("its character set is ");
  }

  @Test
  void aFolderThatLostItsLettersIsToldWithTheRemedy() throws Exception {
    String line = "mkdir " + NAME + " && cd " + NAME + " && faasbench policies";
    assertThat(faasbench(ExitCode.MISTAKE, "C", line)).contains("the working folder '", REMEDY);
  }

  @Test
  void withALocaleTheyAreFound() throws Exception {
    assertThat(faasbench(ExitCode.MISTAKE, "C.UTF-8", "faasbench plan " + NAME + ".yaml"))
        .contains("b\u00fc.yaml")
        .doesNotContain("locale");
    assertThat(faasbench(ExitCode.DONE, "C", "faasbench policies")).contains("round-robin");
  }

  @Test
  void aPathInAFileIsToldWithTheRemedy() throws Exception {
    Files.writeString(
        folder.resolve("e.yaml"),
        """
        name: e
        backend: sim
        nodes: {count: 1, cpu: 1, memory: 1GiB}
        functions:
          - {name: f, image: i, model: {exec: "empirical(file=b\u00fc.csv, column=x)"}}
        policy: round-robin
        warming: cold
        """);
    assertThat(faasbench(ExitCode.MISTAKE, "C", "faasbench plan e.yaml"))
        .contains("is no path on this machine", "; start faasbench with LC_ALL=C.UTF-8")
        .doesNotContain("a bug", "\tat ");
  }
}
