package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {

  private static final String HEAD = "cell 3/6 fibonacci-image-big-func-small · round-robin · cold";
  private static final String[] DETAILS = {"0.31/s", "4 min left", "median 2.345 s"};

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private ProgressLine line(int columns) {
    return new ProgressLine(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), true, false, columns);
  }

  private String shown(int columns) {
    line(columns).show(HEAD, "invoking 120/600", DETAILS);
    return bytes.toString(StandardCharsets.UTF_8).replace("\r", "").stripTrailing();
  }

  @Test
  void aWideTerminalShowsAll() {
    assertThat(shown(200))
        .isEqualTo(
            "cell 3/6 fibonacci-ima… | invoking 120/600, 0.31/s, 4 min left, median 2.345 s");
  }

  @Test
  void aNarrowOneLeavesOutFirstWhatMattersLeast() {
    assertThat(shown(56)).isEqualTo("invoking 120/600, 0.31/s, 4 min left, median 2.345 s");
    bytes.reset();
    assertThat(shown(50)).isEqualTo("invoking 120/600, 4 min left, median 2.345 s");
    bytes.reset();
    assertThat(shown(40)).isEqualTo("invoking 120/600, median 2.345 s");
    bytes.reset();
    assertThat(shown(20)).isEqualTo("invoking 120/600");
  }

  /** A line of all columns would wrap, and the next one not cover it. */
  @ParameterizedTest
  @ValueSource(ints = {20, 30, 40, 50, 60, 79, 80, 300})
  void aLineFillsTheSameColumnsEachTimeAndNeverTheLast(int columns) {
    ProgressLine line = line(columns);
    line.show(HEAD, "invoking 120/600", DETAILS);
    line.show("", "cleaning 1/6");
    line.end();
    String[] drawn = bytes.toString(StandardCharsets.UTF_8).split("\r");
    assertThat(drawn).hasSize(4); // before the first return there is nothing
    for (int i = 1; i < drawn.length; i++) {
      assertThat(drawn[i]).hasSize(Math.min(78, columns - 1));
    }
    assertThat(drawn[3]).isBlank();
  }
}
