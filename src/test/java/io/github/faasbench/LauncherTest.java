package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher with a small program instead of faasbench, in an environment that is empty. */
@Timeout(300)
class LauncherTest {

  private static final String LETTERS = "b\u00fc \u65e5\u672c";

  /** The same as a shell says it, whatever locale these tests have. */
  private static final String PRINTED = "$(printf 'b\\303\\274 \\346\\227\\245\\346\\234\\254')";

  @TempDir private Path folder;

  /** Says in ASCII what it was started with. */
  static final class SayingMain {

    private SayingMain() {}

    public static void main(String[] arguments) {
      for (String argument : arguments) {
        String codes =
            argument.chars().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
        System.out.println(new File(argument).exists() + " " + codes);
      }
      for (String name : List.of("LANG", "LC_ALL", "LC_CTYPE", "LC_NUMERIC")) {
        System.out.println(name + "=" + System.getenv(name));
      }
    }
  }

  @BeforeEach
  void install() throws IOException {
    Files.copy(Path.of("faasbench"), folder.resolve("faasbench"));
    Path target = Files.createDirectory(folder.resolve("target"));
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, SayingMain.class.getName());
    String name = SayingMain.class.getName().replace('.', '/') + ".class";
    try (var jar =
            new JarOutputStream(Files.newOutputStream(target.resolve("faasbench.jar")), manifest);
        InputStream type = SayingMain.class.getClassLoader().getResourceAsStream(name)) {
      jar.putNextEntry(new JarEntry(name));
      type.transferTo(jar);
    }
  }

  private record Said(String output, String errors) {}

  /**
   * Runs a shell's line in the launcher's folder.
   *
   * @param environment all that there is beside PATH, as {@code NAME=VALUE}
   */
  private Said shell(List<String> environment, String line) throws Exception {
    List<String> command = new ArrayList<>(List.of("env", "-i"));
    command.add("PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH"));
    command.add("JAVA_HOME=" + System.getProperty("java.home"));
    command.addAll(environment);
    command.addAll(List.of("sh", "-c", line));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    int exitCode =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    var said = new Said(Files.readString(out), Files.readString(err));
    assertThat(exitCode).as(said.toString()).isZero();
    return said;
  }

  private static String codes(String text) {
    return text.chars().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOTHING=set",
        "LC_ALL=C",
        "LC_ALL=POSIX",
        "LANG=C",
        "LANG=xx_YY.UTF-8", // not installed, as ssh brings it along
        "LC_ALL=xx_YY.UTF-8",
        "LC_CTYPE=UTF-8", // as macOS's terminal sets it
        "LANG=xx_YY.UTF-8 LC_CTYPE=C.UTF-8",
        "LC_ALL=C.UTF-8"
      })
  void namesWithAnyLetterAreFoundInEveryLocale(String environment) throws Exception {
    String line = "touch \"" + PRINTED + "\" && exec ./faasbench plan \"" + PRINTED + "\"";
    assertThat(shell(List.of(environment.split(" ")), line).output())
        .contains("true " + codes(LETTERS));
  }

  @Test
  void whatTheUserChoseBesideLettersStays() throws Exception {
    assertThat(shell(List.of("LC_ALL=C", "LC_NUMERIC=xx_YY"), "exec ./faasbench plan").output())
        .contains("LANG=C\n", "LC_ALL=null\n", "LC_NUMERIC=null\n")
        .containsPattern("LC_CTYPE=.*(?i)utf-?8\n");
    assertThat(shell(List.of("LC_ALL=C.UTF-8"), "exec ./faasbench plan").output())
        .contains("LC_ALL=C.UTF-8\n", "LC_CTYPE=null\n", "LANG=null\n");
  }

  private void knownLocales(String charset, String names) throws IOException {
    Path program = Files.createDirectories(folder.resolve("bin")).resolve("locale");
    Files.writeString(
        program,
        """
        #!/bin/sh
        if [ "$1" = -a ]; then echo 'NAMES'; exit; fi
        case ${LC_ALL:-${LC_CTYPE:-}} in *utf8) echo UTF-8 ;; *) echo CHARSET ;; esac
        """
            .replace("NAMES", names)
            .replace("CHARSET", charset));
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void theUsersOwnLanguageIsPreferred() throws Exception {
    knownLocales("ANSI_X3.4-1968", "C C.utf8 en_US.utf8 de_DE de_DE.utf8");
    assertThat(shell(List.of("LANG=de_DE"), "exec ./faasbench plan").output())
        .contains("LC_CTYPE=de_DE.utf8\n", "LANG=de_DE\n");
    assertThat(shell(List.of("LANG=fr_FR"), "exec ./faasbench plan").output())
        .contains("LC_CTYPE=C.utf8\n");
    knownLocales("ANSI_X3.4-1968", "C en_US.utf8 POSIX");
    assertThat(shell(List.of(), "exec ./faasbench plan").output())
        .contains("LC_CTYPE=en_US.utf8\n");
  }

  @Test
  void anotherCharacterSetThatWorksIsLeftAlone() throws Exception {
    knownLocales("ISO-8859-1", "C C.utf8 de_DE");
    assertThat(shell(List.of("LANG=de_DE"), "exec ./faasbench plan").output())
        .contains("LC_CTYPE=null\n", "LANG=de_DE\n", "LC_ALL=null\n");
  }

  @Test
  void theFirstStartSaysThatItPreparesAndLaterOnesDoNot() throws Exception {
    String preparing = "preparing faasbench for Java " + System.getProperty("java.version");
    Said first = shell(List.of(), "exec ./faasbench plan");
    assertThat(first.errors()).containsOnlyOnce(preparing);
    assertThat(first.output()).doesNotContain("preparing");
    assertThat(shell(List.of(), "exec ./faasbench plan").errors()).isEmpty();
    try (var files = Files.list(folder.resolve("target"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.matches("faasbench\\.jar|faasbench-.*\\.jsa|archive\\.lock"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "completion bash", "schema", "help", "run --help", ""})
  void whatEndsAtOnceOrIsReadByProgramsSaysNothingMore(String arguments) throws Exception {
    assertThat(shell(List.of(), "exec ./faasbench " + arguments).errors()).isEmpty();
    assertThat(folder.resolve("target/archive.lock")).doesNotExist();
  }
}
