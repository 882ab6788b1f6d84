package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.HowMuch;
import io.github.faasbench.random.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs in processes of their own that are killed ({@code kill -9}) at random moments and go
 * on: at the end every file is that of an undisturbed run, to the byte.
 */
class KilledRunTest {

  private static final String PLAIN =
      """
      name: killed
      backend: sim
      seed: 11
      nodes: {count: 4, cpu: 1, memory: 512MiB}
      functions:
        - {name: f, model: {pull: 2s, start: "lognormal(mean=250ms, sd=40ms)", exec: "exponential(mean=1s)", memory: 64MiB}}
        - {name: g, model: {pull: 1s, start: 0.2s, exec: "uniform(min=1s, max=3s)", memory: 64MiB}}
      policy: [round-robin, predictive]
      warming: warmed
      keepAlive: {fixed: {ttl: 5s}}
      workload: [{closed: {clients: 4}}, {poisson: {rate: 1/s}}]
      whenNoNode: wait
      invocations: 1000
      repetitions: 1
      retries: 1
      events:
        - {at: 30s, cut: node-2, for: 30s}
        - {at: 80s, drain: node-3}
      thresholds: ["latency.p95 < 1s"]
      """;

  private static final String UNTIL_NARROW =
      PLAIN.replace("policy: [round-robin, predictive]", "policy: round-robin")
          + "stop: {halfWidth: 4%, of: mean, max: 4000}\n";

  @TempDir private Path folder;

  /** Rows of 250 bytes come in blocks of 64 KiB: a cell of 1,000 has some before it ends. */
  @Test
  void aRunThatIsKilledAtAnyMomentEndsLikeAnUndisturbedOne() throws Exception {
    int rounds = HowMuch.of(5, 26);
    List<Reference> references = List.of(reference("plain", PLAIN), reference("n", UNTIL_NARROW));
    var random = Stream.of(20_261_128L, 6);
    int kills = 0;
    int withinCells = 0;
    int putAside = 0;
    for (int round = 0; round < rounds; round++) {
      Reference reference = references.get(round % references.size());
      Path home = home("round-" + round, reference.text);
      for (int kill = 0; kill < 1 + round % 3; kill++) {
        var run = new Forked(home);
        if (kill == 1) {
          run.killAfter((long) (random.nextDouble() * reference.nanos));
        } else {
          run.killAt((long) (random.nextDouble() * reference.files.get("metrics.csv").length()));
        }
        kills += run.wasKilled() ? 1 : 0;
        withinCells += run.wasKilled() && isWithinACell(home) ? 1 : 0;
      }
      var last = new Forked(home);
      int exitCode = last.end();
      boolean wasFinished = last.errors().contains("is finished: nothing to resume");
      assertThat(exitCode).as("round %d: %s", round, last.errors()).isEqualTo(wasFinished ? 0 : 4);
      if (!wasFinished) {
        assertThat(last.output()).as("round %d", round).isEqualTo(reference.output);
      }
      assertSame(round, files(home), reference.files);
      putAside += partialFiles(home).size();
    }
    System.out.printf(
        "%d kills, %d of them within a cell; %d files put aside%n", kills, withinCells, putAside);
    assertThat(kills).isGreaterThanOrEqualTo(rounds);
    assertThat(withinCells).isGreaterThanOrEqualTo(rounds / 2);
    assertThat(putAside).isGreaterThanOrEqualTo(rounds / 4);
  }

  /** Says the first line that differs, and not the whole of the files. */
  private static void assertSame(
      int round, TreeMap<String, String> found, TreeMap<String, String> expected) {
    assertThat(found.keySet()).as("round %d", round).isEqualTo(expected.keySet());
    expected.forEach(
        (name, text) -> {
          if (!found.get(name).equals(text)) {
            List<String> lines = found.get(name).lines().toList();
            List<String> wanted = text.lines().toList();
            for (int i = 0; i < Math.min(lines.size(), wanted.size()); i++) {
              assertThat(lines.get(i))
                  .as("round %d, %s:%d", round, name, i + 1)
                  .isEqualTo(wanted.get(i));
            }
            assertThat(lines).as("round %d, lines of %s", round, name).hasSameSizeAs(wanted);
          }
        });
  }

  /** An undisturbed run: its files, what it printed, and how long its cells took. */
  private record Reference(String text, TreeMap<String, String> files, String output, long nanos) {}

  private Reference reference(String name, String text) throws Exception {
    Path home = home(name, text);
    var run = new Forked(home);
    run.awaitBegin();
    long began = System.nanoTime();
    run.await(text.equals(PLAIN) ? "\ncell 8/8 " : "\ncell 4/4 ");
    long nanos = System.nanoTime() - began;
    assertThat(run.end()).as(run.errors()).isEqualTo(4);
    assertThat(files(home)).containsKeys("metrics.csv", "containers.csv", "attempts.csv");
    return new Reference(text, files(home), run.output(), nanos);
  }

  private Path home(String name, String text) throws IOException {
    Path home = Files.createDirectory(folder.resolve(name));
    Files.writeString(home.resolve("e.yaml"), text);
    return home;
  }

  private static Path runFolder(Path home) throws IOException {
    try (var all = Files.newDirectoryStream(home.resolve("out"), "[0-9a-f]*")) {
      return all.iterator().next();
    }
  }

  private static boolean isWithinACell(Path home) throws IOException {
    List<String> lines = Files.readAllLines(runFolder(home).resolve("journal"));
    return lines.get(lines.size() - 1).startsWith("started");
  }

  private static List<Path> partialFiles(Path home) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var all = Files.newDirectoryStream(runFolder(home), "partial-*")) {
      all.forEach(found::add);
    }
    return found;
  }

  /** The CSV and its companions, by name. */
  private static TreeMap<String, String> files(Path home) throws IOException {
    var files = new TreeMap<String, String>();
    files.put("metrics.csv", Files.readString(home.resolve("out/metrics.csv")));
    try (var all = Files.newDirectoryStream(runFolder(home), "*.csv")) {
      for (Path file : all) {
        if (!file.getFileName().toString().startsWith("partial-")) {
          files.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    String json = Files.readString(runFolder(home).resolve("summary.json"));
    files.put("summary.json", json.substring(json.indexOf("\"cells\"")));
    return files;
  }
}
