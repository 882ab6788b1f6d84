package io.github.faasbench.plan.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.plan.trace.TraceSource.Format;
import io.github.faasbench.plan.trace.TraceSource.Placement;
import io.github.faasbench.random.Distribution;
import io.github.faasbench.random.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Makes the trace that ships with the project, from its own samplers; {@code RECORD=1} writes it
 * anew.
 */
class SampleTraceTest {

  private static final Path FILE = Path.of("experiments/traces/sample.csv");
  private static final long SEED = 2019;
  private static final double LENGTH_SECONDS = 3600;
  private static final double CALLS_PER_SECOND = 0.3;
  private static final List<String> FUNCTIONS =
      List.of(
          "web-page", "thumbnail", "login", "search", "mail", "invoice", "resize-video", "report");

  private record Row(String function, double arrival, double duration) {
    String text() {
      return String.format(Locale.ROOT, "%s,%.6f,%.6f", function, arrival, duration);
    }
  }

  /**
   * An hour of Poisson calls, their rates by Zipf's law, their durations lognormal and longer the
   * rarer the function; and a timer that goes every five minutes.
   */
  private static List<String> generated() {
    List<Row> rows = new ArrayList<>();
    double weights = 0;
    for (int rank = 1; rank <= FUNCTIONS.size(); rank++) {
      weights += 1.0 / rank;
    }
    for (int rank = 1; rank <= FUNCTIONS.size(); rank++) {
      Stream random = Stream.of(SEED, rank);
      var gap = new Distribution.Exponential(weights * rank / CALLS_PER_SECOND);
      var duration = new Distribution.Lognormal(0.1 * rank * rank, 0.1 * rank * rank);
      String name = FUNCTIONS.get(rank - 1);
      for (double at = gap.sample(random); at < LENGTH_SECONDS; at += gap.sample(random)) {
        rows.add(new Row(name, at, duration.sample(random)));
      }
    }
    for (double at = 0; at < LENGTH_SECONDS; at += 300) {
      rows.add(new Row("clean-up", at, 2));
    }
    rows.sort((a, b) -> Double.compare(a.arrival(), b.arrival()));
    List<String> lines = new ArrayList<>(List.of("function,arrival_s,duration_s"));
    rows.forEach(row -> lines.add(row.text()));
    return lines;
  }

  @Test
  void theSampleIsWhatThisGeneratorMakes() throws IOException {
    if (System.getenv("RECORD") != null) {
      Files.writeString(FILE, String.join("\n", generated()) + "\n");
    }
    assertThat(FILE).hasContent(String.join("\n", generated()) + "\n");
  }

  @Test
  void theSampleIsATraceThatCanBeRead() {
    Trace trace =
        Trace.read(
            new TraceSource(
                FILE,
                Format.SIMPLE,
                Optional.empty(),
                Optional.empty(),
                Integer.MAX_VALUE,
                Placement.UNIFORM_ORDER));
    assertThat(trace.functions()).hasSize(9).allMatch(TraceFunction::timed);
    assertThat(trace.calls()).isBetween(900L, 1250L);
  }
}
