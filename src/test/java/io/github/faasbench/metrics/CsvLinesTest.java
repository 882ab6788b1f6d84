package io.github.faasbench.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.random.Stream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A line is, to the byte, what commons-csv makes of the columns' values. */
class CsvLinesTest {

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "a b",
          "a,b",
          "\"",
          "'",
          "say \"hi\"",
          "=1+1",
          "-x",
          "'=x",
          "#x",
          "!x",
          "x ",
          " x",
          "x\ny",
          "\r\n",
          "ünïcode €",
          "\u2028",
          "a;b",
          "closed(clients=8,think=0s)");

  private static final double[] NUMBERS = {
    Double.NaN,
    0,
    -0.0,
    1,
    -1,
    0.0000004,
    0.0000005,
    -0.0000006,
    0.999999499,
    0.9999995,
    12.345,
    1e-9,
    123456.789012,
    1e9,
    -3.25,
    33.333,
    99.995,
    100
  };

  private static final long[] COUNTS = {-1, 0, 1, 9, 10, 1_234_567_890_123L};

  private static final List<Instant> INSTANTS =
      List.of(
          Instant.EPOCH,
          Instant.parse("2000-01-01T00:00:00.000000999Z"),
          Instant.parse("2000-01-01T00:00:59.999999999Z"),
          Instant.parse("2000-01-01T00:01:00Z"),
          Instant.parse("1969-12-31T23:59:59.123456Z"),
          Instant.parse("2262-04-11T23:47:16.854775807Z"),
          Instant.parse("2026-01-31T09:30:00.123456Z"));

  private final Stream random = new Stream(34);

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private double number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private long count() {
    return COUNTS[random.nextInt(COUNTS.length)];
  }

  private int small() {
    return random.nextInt(7) - 1;
  }

  private Invocation row() {
    Invocation.Outcome[] outcomes = Invocation.Outcome.values();
    Invocation.Period[] periods = Invocation.Period.values();
    return new Invocation(
        text(),
        text(),
        text(),
        small(),
        count(),
        text(),
        text(),
        text(),
        text(),
        text(),
        text(),
        text(),
        text(),
        text(),
        small(),
        outcomes[random.nextInt(outcomes.length)],
        small(),
        text(),
        Invocation.nanosOf(INSTANTS.get(random.nextInt(INSTANTS.size()))),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        count(),
        small(),
        number(),
        number(),
        number(),
        number(),
        small(),
        small(),
        text(),
        text(),
        count(),
        periods[random.nextInt(periods.length)]);
  }

  @Test
  void linesAreThoseOfCommonsCsvWhateverTheValues() throws IOException {
    var lines = new CsvLines(CsvSink.FORMAT);
    var expected = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      Invocation row = row();
      lines.add(row);
      CsvSink.FORMAT.printRecord(expected, Column.ALL.stream().map(c -> c.of(row)).toArray());
    }
    assertThat(lines.toString()).isEqualTo(expected.toString());
  }

  @Test
  void moreTextsThanAreKeptAreWrittenAllTheSame() {
    var lines = new CsvLines(CsvSink.FORMAT);
    for (int i = 0; i < 25_000; i++) {
      lines.clear();
      lines.add(SampleRows.row().outcome(Invocation.Outcome.FAILED, "exit, " + i).build());
      assertThat(lines.toString()).contains(",\"exit, " + i + "\",");
    }
  }

  @Test
  void ofARowThatCannotBeWrittenNothingStays() {
    var lines = new CsvLines(CsvSink.FORMAT);
    lines.add(SampleRows.row().build());
    String before = lines.toString();
    Invocation bad = SampleRows.row().latency(2).transport(Double.POSITIVE_INFINITY).build();
    assertThatThrownBy(() -> lines.add(bad)).isInstanceOf(IllegalArgumentException.class);
    assertThat(lines.toString()).isEqualTo(before);
  }
}
