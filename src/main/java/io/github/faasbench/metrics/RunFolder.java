package io.github.faasbench.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The folder {@code out/RUN/} beside the CSV: the resolved experiment file, the environment, the
 * log and the output of failed calls.
 *
 * @param id of the run, as in the CSV's column {@code run}
 * @param path of the folder
 */
public record RunFolder(String id, Path path) {

  /** How much of a failed call's output is kept. */
  public static final int OUTPUT_BYTES = 64 * 1024;

  /** Apart: it costs a third of a second, and a run without files needs none. */
  private static final class Json {
    static final ObjectMapper MAPPER =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  }

  /**
   * Makes the folder of a new run. Call it with {@link CsvSink} or {@link FolderLock} open, so that
   * no other process takes the same id.
   *
   * @param out the output folder
   * @param resolved the resolved experiment file; its SHA-256 names the run
   * @throws RecordsException the folder can't be written
   */
  public static RunFolder create(Path out, String resolved) throws RecordsException {
    try {
      String id = freeId(out, idOf(resolved));
      Path path = Files.createDirectories(out.resolve(id));
      Files.writeString(path.resolve("experiment.yaml"), resolved, StandardOpenOption.CREATE_NEW);
      return new RunFolder(id, path);
    } catch (RecordsException e) {
      throw e;
    } catch (IOException e) {
      throw new RecordsException(
          out + ": the run's folder cannot be made (" + Causes.of(e) + "); use --out DIR", e);
    }
  }

  /** The folder that a run left beside its CSV; empty when it is not there. */
  public static Optional<RunFolder> beside(Path csv, String runId) {
    Path path = csv.toAbsolutePath().resolveSibling(safeName(runId));
    return Files.isDirectory(path) ? Optional.of(new RunFolder(runId, path)) : Optional.empty();
  }

  /** The first 12 hex digits of the SHA-256 of a resolved experiment file. */
  public static String idOf(String resolved) {
    return sha256(resolved).substring(0, 12);
  }

  private static String freeId(Path out, String base) throws RecordsException {
    Path csv = out.resolve("metrics.csv");
    Set<String> taken = new HashSet<>();
    if (Files.exists(csv)) {
      CsvRecords.stream(csv, row -> taken.add(row.run()), problem -> {});
    }
    String id = base;
    for (int n = 2; taken.contains(id) || Files.exists(out.resolve(id)); n++) {
      id = base + "-" + n;
    }
    return id;
  }

  /** The resolved experiment file. */
  public Path experimentFile() {
    return path.resolve("experiment.yaml");
  }

  /** The environment's file. */
  public Path environmentFile() {
    return path.resolve("environment.json");
  }

  /** The lives of the containers that waited for calls; there is none where none did. */
  public Path containersFile() {
    return path.resolve("containers.csv");
  }

  /** Where the log goes. */
  public Path logFile() {
    return path.resolve("run.log");
  }

  public void writeEnvironment(Environment environment) throws IOException {
    Files.writeString(environmentFile(), Json.MAPPER.writeValueAsString(environment) + "\n");
  }

  /**
   * Reads the environment back; empty when the run left none.
   *
   * @throws RecordsException the file is there and can't be understood
   */
  public Optional<Environment> readEnvironment() throws RecordsException {
    if (!Files.exists(environmentFile())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.MAPPER.readValue(environmentFile().toFile(), Environment.class));
    } catch (IOException e) {
      throw new RecordsException(
          environmentFile()
              + ": cannot be read as this run's environment ("
              + CsvText.oneLine(String.valueOf(e.getMessage()))
              + "); move it away to report without it",
          e);
    }
  }

  /**
   * Keeps the first 64 KiB of the output of a failed call, in {@code outputs/}.
   *
   * @return the file, for the log
   */
  public Path saveOutput(Invocation invocation, String output) throws IOException {
    Path folder = Files.createDirectories(path.resolve("outputs"));
    String name =
        safeName(invocation.cell())
            + (invocation.repetition() > 1 ? "-r" + invocation.repetition() : "")
            + "-"
            + invocation.invocation();
    Path file = folder.resolve(name + ".txt");
    // Functions that share a cell (mix: together) count their calls apart, so a number may recur.
    for (int n = 2; Files.exists(file); n++) {
      file = folder.resolve(name + "-" + n + ".txt");
    }
    byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
    Files.write(file, Arrays.copyOf(bytes, Math.min(bytes.length, OUTPUT_BYTES)));
    return file;
  }

  // Ids may hold any character of a factor's value; a file name may not. The hash keeps two ids
  // that
  // differ only in such characters apart.
  private static String safeName(String id) {
    String safe = id.replaceAll("[^A-Za-z0-9._=-]", "_").replaceFirst("^\\.+", "_");
    String shortened = safe.length() > 100 ? safe.substring(0, 100) : safe;
    return shortened.equals(id) ? id : shortened + "-" + sha256(id).substring(0, 6);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
