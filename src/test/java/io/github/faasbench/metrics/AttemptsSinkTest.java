package io.github.faasbench.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.Invocation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The companions with a row per attempt, and per prediction. */
class AttemptsSinkTest {

  @TempDir private Path out;
  private RunFolder folder;

  @BeforeEach
  void makesAFolder() throws IOException {
    folder = RunFolder.create(out, "abc", "plan", "1");
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.path().resolve(file));
  }

  @Test
  void aCallHasARowForEachAttempt() throws IOException {
    Invocation call = SampleRows.row().build();
    try (var sink = new AttemptsSink(folder, true)) {
      sink.accept(call);
      assertThat(folder.path().resolve("attempts.csv")).doesNotExist();
      sink.attempts(
          call,
          List.of(
              new Attempt(1, "n1", "cold", Outcome.FAILED, "no, nothing", 0, 1.0000004),
              new Attempt(2, "n2", "warmed", Outcome.OK, "", 1.25, 2)));
      assertThat(lines("attempts.csv")).hasSize(3); // on disk at once
    }
    String whose =
        String.join(
            ",",
            call.run(),
            call.cell(),
            String.valueOf(call.repetition()),
            call.function(),
            String.valueOf(call.invocation()));
    assertThat(lines("attempts.csv"))
        .containsExactly(
            "run,cell,repetition,function,invocation,attempt,node,mode,outcome,error,started_s,"
                + "ended_s",
            whose + ",1,n1,cold,failed,\"no, nothing\",0.000000,1.000000",
            whose + ",2,n2,warmed,ok,,1.250000,2.000000");
  }

  @Test
  void noTextIsTakenForAFormulaOrForSeveralLines() throws IOException {
    Invocation call = SampleRows.row().node("=node").build();
    try (var attempts = new AttemptsSink(folder, false);
        var predictions = new PredictionsSink(folder)) {
      attempts.attempts(
          call,
          List.of(new Attempt(1, "=node", "cold", Outcome.LOST, "+cmd|' /C calc'\nnext", 0, 1)));
      predictions.expected(call, 1, 2);
    }
    assertThat(lines("attempts.csv").get(1)).contains(",'=node,cold,lost,'+cmd|' /C calc' next,");
    assertThat(lines("predictions.csv").get(1)).contains(",'=node,");
  }
}
