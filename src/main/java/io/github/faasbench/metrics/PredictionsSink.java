package io.github.faasbench.metrics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes {@code predictions.csv}: one row per call of which the policy had expected something, with
 * what it came to. Without such calls there is no file.
 */
public final class PredictionsSink implements CompanionSink {

  private static final List<String> HEADER =
      List.of(
          "run",
          "cell",
          "repetition",
          "invocation",
          "function",
          "node",
          "mode",
          "expected_s",
          "took_s",
          "error_s");

  private final Companion file;

  /** One for that run's folder. */
  public PredictionsSink(RunFolder folder) {
    Path path = folder.path().resolve("predictions.csv");
    file = new Companion(path, HEADER);
  }

  @Override
  public Companion file() {
    return file;
  }

  @Override
  public void expected(Invocation call, double expectedSeconds, double tookSeconds)
      throws IOException {
    file.row(
        List.of(
            call.run(),
            call.cell(),
            call.repetition(),
            call.invocation(),
            CsvText.text(call.function()),
            CsvText.text(call.node()),
            call.mode(),
            expectedSeconds,
            tookSeconds,
            expectedSeconds - tookSeconds));
  }
}
