package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.faasbench.Hostile;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.CsvSink;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RunFolder;
import io.github.faasbench.metrics.SampleRows;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records of others: whatever names stand in a CSV and in the folder beside it, what is made of it
 * has the same shape as with harmless names.
 */
@Timeout(900)
class HostileRecordsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern STRING =
      Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"|'[^'\\\\\\n]*'");
  private static final int ROWS = 8;

  @TempDir private Path folder;

  /** Rows of few runs, functions and factors, whose texts are what {@code text} makes of a name. */
  private static List<Invocation> rows(Hostile hostile, List<String> names) {
    List<Invocation> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Invocation plain = SampleRows.row().invocation(i + 1).latency(1 + i).build();
      boolean failed = i == 3;
      int number = i;
      rows.add(
          with(
              failed ? SampleRows.row().outcome(Invocation.Outcome.FAILED, "x").build() : plain,
              column ->
                  switch (column) {
                    case "experiment", "run", "workload", "keepAlive" ->
                        names.get(column.length() % 5);
                    case "function" -> names.get(5 + number % 2);
                    case "policy" -> names.get(7 + number / 2 % 2);
                    case "warming" -> names.get(9 + number / 4 % 2);
                    case "error" -> failed ? names.get(11) : "";
                    default -> names.get(hostile.random().nextInt(names.size()));
                  }));
    }
    return rows;
  }

  private static Invocation with(Invocation row, UnaryOperator<String> texts) {
    var old =
        new Invocation(
            texts.apply("experiment"),
            texts.apply("run"),
            texts.apply("cell"),
            row.repetition(),
            row.invocation(),
            texts.apply("function"),
            texts.apply("image"),
            texts.apply("policy"),
            texts.apply("warming"),
            texts.apply("keepAlive"),
            texts.apply("workload"),
            row.backend(),
            texts.apply("mode"),
            texts.apply("node"),
            row.attempts(),
            row.outcome(),
            row.exitCode(),
            texts.apply("error"),
            row.arrivedAtNanos(),
            row.latencySeconds(),
            row.lagSeconds(),
            row.queueSeconds(),
            row.selectSeconds(),
            row.pullSeconds(),
            row.startSeconds(),
            row.execSeconds(),
            row.transportSeconds(),
            row.pulledBytes(),
            row.layersPresent(),
            row.cleanupSeconds(),
            row.cpuPercent(),
            row.ramPercent(),
            row.loadAgeSeconds(),
            row.inFlight());
    return old.with(
        row.hostContainers(),
        texts.apply("varied"),
        texts.apply("workflow"),
        row.payloadBytes(),
        row.period());
  }

  private static List<String> texts(Invocation row) {
    List<String> texts = new ArrayList<>();
    with(row, column -> column);
    texts.addAll(
        List.of(
            row.experiment(), row.run(), row.cell(), row.function(), row.image(), row.policy()));
    texts.addAll(List.of(row.warming(), row.keepAlive(), row.workload(), row.mode(), row.node()));
    texts.addAll(List.of(row.error(), row.varied(), row.workflow()));
    return texts;
  }

  /** The same rows with harmless names, equal where the others are. */
  private static List<Invocation> harmless(List<Invocation> rows) {
    Map<String, String> names = new HashMap<>();
    return rows.stream()
        .map(
            row -> {
              List<String> texts = texts(row);
              List<String> columns =
                  List.of(
                      "experiment",
                      "run",
                      "cell",
                      "function",
                      "image",
                      "policy",
                      "warming",
                      "keepAlive",
                      "workload",
                      "mode",
                      "node",
                      "error",
                      "varied",
                      "workflow");
              return with(
                  row,
                  column -> {
                    String text = texts.get(columns.indexOf(column));
                    return text.isEmpty()
                        ? ""
                        : names.computeIfAbsent(text, t -> "n" + (char) ('a' + names.size()));
                  });
            })
        .toList();
  }

  private Path written(String name, List<Invocation> rows, UnaryOperator<String> fact)
      throws Exception {
    Path csv = Files.createDirectories(folder.resolve(name)).resolve("metrics.csv");
    Files.deleteIfExists(csv);
    try (CsvSink sink = CsvSink.open(csv, false)) {
      for (Invocation row : rows) {
        sink.accept(row);
      }
    }
    // The tool looks for the folder of the run that it reads, under a name that is safe.
    String run = CsvRecords.read(csv).rows().get(0).run();
    Path beside = beside(csv, run);
    Files.createDirectories(beside);
    new RunFolder(run, beside)
        .writeEnvironment(
            new Environment(
                fact.apply("0.1.0"),
                fact.apply("17"),
                new Environment.Host(fact.apply("Linux"), fact.apply("6"), 4, 1),
                Map.of(fact.apply("n1"), Map.of(fact.apply("kernel"), fact.apply("6.1"))),
                1,
                "2026-01-31T09:30:00Z",
                Map.of(fact.apply("engine"), fact.apply("api")),
                List.of(),
                List.of()));
    return csv;
  }

  /** Where the tool looks for it. */
  private static Path beside(Path csv, String run) throws Exception {
    var safeName = RunFolder.class.getDeclaredMethod("safeName", String.class);
    safeName.setAccessible(true);
    return csv.resolveSibling((String) safeName.invoke(null, run));
  }

  private String started(int[] allowed, String... arguments) {
    StringWriter out = new StringWriter();
    int exitCode = Started.faasbench(out, out, arguments);
    assertThat(out.toString())
        .doesNotContainPattern(HostileInputsTest.STEERING)
        .doesNotContain("\tat ", "Exception");
    assertThat(exitCode).as(out::toString).isIn(java.util.Arrays.stream(allowed).boxed().toList());
    return out.toString();
  }

  /** A hostile CSV, as it is read back, and its harmless twin. */
  private List<Path> twins(Hostile hostile) throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      names.add(hostile.text());
    }
    List<Invocation> rows = rows(hostile, names);
    Path evil = written("evil", rows, fact -> fact + hostile.text());
    CsvRecords read = CsvRecords.read(evil);
    assertThat(read.problems()).isEmpty();
    assertThat(read.rows()).hasSize(ROWS);
    checkCells(evil, rows);
    return List.of(evil, written("good", harmless(read.rows()), fact -> fact));
  }

  /** Any CSV reader gets the texts back, on one line, with the apostrophe that is documented. */
  private static void checkCells(Path csv, List<Invocation> rows) throws Exception {
    try (CSVParser parser =
        CSVParser.parse(
            csv,
            java.nio.charset.StandardCharsets.UTF_8,
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      int number = 0;
      for (CSVRecord record : parser) {
        Invocation row = rows.get(number++);
        Map<String, String> expected =
            Map.of(
                "experiment",
                row.experiment(),
                "function",
                row.function(),
                "policy",
                row.policy(),
                "warming",
                row.warming(),
                "node",
                row.node(),
                "mode",
                row.mode(),
                "error",
                row.error(),
                "image",
                row.image(),
                "run",
                row.run(),
                "cell",
                row.cell());
        expected.forEach(
            (column, text) -> {
              String cell = record.get(column);
              String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]", " ");
              assertThat(cell).isIn(line, "'" + line);
              assertThat(cell.strip())
                  .doesNotStartWith("=")
                  .doesNotStartWith("+")
                  .doesNotStartWith("-")
                  .doesNotStartWith("@")
                  .doesNotStartWith("\uFF1D");
            });
      }
      assertThat(number).isEqualTo(rows.size());
    }
  }

  /** How often each element with its attributes' names occurs, links to elsewhere apart. */
  private static Map<String, Integer> shape(Document page) {
    Map<String, Integer> shape = new TreeMap<>();
    for (Element element : page.getAllElements()) {
      StringBuilder name = new StringBuilder(element.tagName());
      for (Attribute attribute : element.attributes()) {
        name.append(' ').append(attribute.getKey());
        boolean link = attribute.getKey().equals("href") && !attribute.getValue().startsWith("#");
        name.append(link ? "!" : "");
      }
      shape.merge(name.toString(), 1, Integer::sum);
    }
    return shape;
  }

  /** The words of a script outside of its texts: what would run. How many numbers is no matter. */
  private static Map<String, Integer> code(Element script) {
    String bare = STRING.matcher(script.data()).replaceAll("\"\"");
    assertThat(bare).doesNotContain("alert", "touch", "'", "`");
    Map<String, Integer> words = new TreeMap<>();
    Pattern.compile("[A-Za-z_$]\\w*|\\(")
        .matcher(bare)
        .results()
        .forEach(word -> words.merge(word.group(), 1, Integer::sum));
    return words;
  }

  /** How many values it has; plotly reads a little HTML in every text, and templates in some. */
  private static int values(String path, JsonNode node) {
    if (node.isTextual() && !path.endsWith(".legendgroup")) { // which is an id, not shown
      assertThat(node.asText()).as(path).doesNotContain("<", "&", "%{");
    }
    int values = 1;
    for (var field : node.properties()) {
      values += values(path + "." + field.getKey(), field.getValue());
    }
    for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
      values += values(path + "." + i, node.get(i));
    }
    return values;
  }

  @Test
  void aPageOfHostileNamesHasTheElementsAndScriptsOfAHarmlessOne() {
    Hostile.each(
        "CSVs as pages, each of 14 names and 9 facts",
        40,
        hostile -> {
          List<Document> pages = new ArrayList<>();
          for (Path csv : twins(hostile)) {
            Path html = csv.resolveSibling("report.html");
            started(
                new int[] {0}, "report", csv.toString(), "--run", "all", "--out", html.toString());
            pages.add(Jsoup.parse(html.toFile(), "UTF-8"));
          }
          assertThat(shape(pages.get(0))).isEqualTo(shape(pages.get(1)));
          List<Element> evil = pages.get(0).select("script");
          List<Element> good = pages.get(1).select("script");
          assertThat(evil).hasSize(4);
          assertThat(evil.get(0).data()).isEqualTo(good.get(0).data()); // plotly.js
          assertThat(values("", JSON.readTree(evil.get(1).data())))
              .isEqualTo(values("", JSON.readTree(good.get(1).data())));
          assertThat(code(evil.get(2))).isEqualTo(code(good.get(2)));
          assertThat(evil.get(3).data()).isEqualTo(good.get(3).data()); // our own
        });
  }

  private static long unescaped(String line, String mark) {
    return Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*" + Pattern.quote(mark))
        .matcher(line)
        .results()
        .count();
  }

  @Test
  void tablesOfHostileNamesHaveTheRowsAndCellsOfHarmlessOnes() {
    Hostile.each(
        "CSVs as tables, each of 14 names and 9 facts",
        60,
        hostile -> {
          List<Path> twins = twins(hostile);
          List<List<String>> markdown = new ArrayList<>();
          List<Integer> sizes = new ArrayList<>();
          for (Path csv : twins) {
            String file = csv.toString();
            markdown.add(
                started(new int[] {0}, "report", file, "--run", "all", "--format", "md")
                    .lines()
                    .toList());
            sizes.add(
                size(
                    JSON.readTree(
                        started(
                            new int[] {0}, "report", file, "--run", "all", "--format", "json"))));
          }
          assertThat(sizes.get(0)).isEqualTo(sizes.get(1));
          assertThat(markdown.get(0)).hasSameSizeAs(markdown.get(1));
          assertThat(markdown.get(0).stream().map(line -> unescaped(line, "|")).sorted())
              .isEqualTo(
                  markdown.get(1).stream().map(line -> unescaped(line, "|")).sorted().toList());
          assertThat(markdown.get(0).stream().mapToLong(line -> unescaped(line, "<")).sum())
              .isEqualTo(markdown.get(1).stream().mapToLong(line -> unescaped(line, "<")).sum());
          started(
              new int[] {0, ExitCode.MISTAKE},
              "compare",
              twins.get(0).toString(),
              twins.get(0).toString());
        });
  }

  private static int size(JsonNode node) {
    int size = 1;
    for (JsonNode child : node) {
      size += size(child);
    }
    return size;
  }

  @Test
  void aDamagedFileIsReadAsFarAsItCanBe() {
    Hostile.each(
        "damaged CSVs",
        100,
        hostile -> {
          Path csv = twins(hostile).get(0);
          byte[] bytes = Files.readAllBytes(csv);
          for (int i = hostile.random().nextInt(30); i >= 0; i--) {
            bytes[hostile.random().nextInt(bytes.length)] = (byte) hostile.random().nextInt(256);
          }
          Files.write(csv, bytes);
          started(
              new int[] {0, ExitCode.MISTAKE, ExitCode.CHECK_MISSED},
              "report",
              csv.toString(),
              "--run",
              "all",
              "--format",
              hostile.oneOf("md", "json"));
        });
  }
}
