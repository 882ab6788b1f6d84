package io.github.faasbench.metrics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes {@code attempts.csv}: one row per attempt of calls that had more than one or did not
 * succeed. Without such calls there is no file.
 */
public final class AttemptsSink implements CompanionSink {

  static final List<String> HEADER =
      List.of(
          "run",
          "cell",
          "repetition",
          "function",
          "invocation",
          "attempt",
          "node",
          "mode",
          "outcome",
          "error",
          "started_s",
          "ended_s");

  private final Companion file;
  private final boolean flushEachCall;

  /**
   * One for that run's folder.
   *
   * @param flushEachCall or in blocks and at each cell's end
   */
  public AttemptsSink(RunFolder folder, boolean flushEachCall) {
    this.flushEachCall = flushEachCall;
    Path path = folder.path().resolve("attempts.csv");
    file = new Companion(path, HEADER);
  }

  @Override
  public Companion file() {
    return file;
  }

  @Override
  public void attempts(Invocation call, List<Attempt> attempts) throws IOException {
    for (Attempt attempt : attempts) {
      file.row(
          List.of(
              call.run(),
              call.cell(),
              call.repetition(),
              CsvText.text(call.function()),
              call.invocation(),
              attempt.number(),
              CsvText.text(attempt.node()),
              attempt.mode(),
              attempt.outcome().text(),
              CsvText.text(attempt.error()),
              attempt.startedSeconds(),
              attempt.endedSeconds()));
    }
    if (flushEachCall) {
      file.flush();
    }
  }
}
