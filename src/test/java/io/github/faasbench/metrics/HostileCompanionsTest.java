package io.github.faasbench.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.Hostile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CSVs beside {@code metrics.csv} guard what nodes and files say as it does. */
class HostileCompanionsTest {

  @TempDir private Path out;

  @Test
  void whateverStandsInACompanionItIsOneLineAndNoFormula() {
    Hostile.each(
        "rows of companions",
        200,
        hostile -> {
          RunFolder folder = RunFolder.create(out, "abc", "plan", "" + hostile.random().nextLong());
          String function = hostile.text();
          String node = hostile.text();
          String error = hostile.text();
          Invocation call = SampleRows.row().function(function).node(node).build();
          try (var sink = new AttemptsSink(folder, true)) {
            sink.attempts(
                call,
                List.of(new Attempt(1, node, "cold", Invocation.Outcome.FAILED, error, 0, 1)));
          }
          try (var sink = new PredictionsSink(folder)) {
            sink.expected(call, 1, 2);
          }
          var cell = new ContainerLife.Cell("e", "abc", "c", 1, hostile.text(), "cold", "lru", "x");
          try (var sink = new ContainersSink(folder, true)) {
            sink.ended(
                new ContainerLife(
                    cell,
                    function,
                    node,
                    hostile.text(),
                    ContainerLife.MadeBy.CALL,
                    SampleRows.START,
                    SampleRows.START,
                    null,
                    1,
                    1,
                    1,
                    0,
                    SampleRows.START,
                    ContainerLife.End.EXPIRED));
          }
          for (String file : List.of("attempts.csv", "predictions.csv", "containers.csv")) {
            check(folder.path().resolve(file), function, node);
          }
        });
  }

  private static void check(Path csv, String function, String node) throws Exception {
    assertThat(Files.readAllLines(csv)).hasSize(2);
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(csv, StandardCharsets.UTF_8, format)) {
      for (CSVRecord row : parser) {
        assertThat(row.get("function")).isEqualTo(CsvText.text(function));
        assertThat(row.get("node")).isEqualTo(CsvText.text(node));
        for (String name : parser.getHeaderNames()) {
          if (!row.get(name).matches("-?[0-9.]+")) { // a difference in seconds may be below 0
            assertThat(row.get(name))
                .as(name)
                .doesNotContainPattern("\\p{Cc}")
                .doesNotMatch("(?s)\\s*[=+\\-@\uFF1D].*");
          }
        }
      }
    }
  }
}
