package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

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
