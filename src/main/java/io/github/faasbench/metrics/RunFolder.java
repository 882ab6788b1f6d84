package io.github.faasbench.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.faasbench.files.FileRefused;
import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.files.PlainFile;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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

  private static final String EXPERIMENT = "experiment.yaml";

  /** Apart: it costs a third of a second, and a run without files needs none. */
  private static final class Json {
    static final ObjectMapper MAPPER =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  }

  /**
   * Makes the folder of a new run, with the experiment and the journal in it at once: a stop at any
   * moment leaves a run that can go on, or none. Call it with {@link CsvSink} or {@link FolderLock}
   * open, so that no other process takes the same id.
   *
   * @param out the output folder
   * @param resolved the resolved experiment file; its SHA-256 names the run
   * @param plan SHA-256 of the plan
   * @param version of the tool
   * @throws RecordsException the folder can't be written
   */
  public static RunFolder create(Path out, String resolved, String plan, String version)
      throws RecordsException {
    try {
      String id = freeId(out, idOf(resolved));
      Path made = OwnFiles.folder(out.resolve(".starting"));
      OwnFiles.remove(made.resolve(Journal.FILE_NAME)); // a stop had left it
      OwnFiles.replace(made.resolve(EXPERIMENT), resolved);
      Journal.begin(
          made.resolve(Journal.FILE_NAME),
          new Journal.Identity(sha256(resolved), plan, version, KnownHeader.CURRENT));
      OwnFiles.forceFolder(made);
      OwnFiles.move(made, out.resolve(id));
      return new RunFolder(id, out.resolve(id));
    } catch (FileRefused e) {
      throw new RecordsException(e.getMessage(), e);
    } catch (RecordsException e) {
      throw e;
    } catch (IOException e) {
      throw new RecordsException(
          out + ": the run's folder cannot be made (" + FileErrors.of(e) + "); use --out DIR", e);
    }
  }

  /** The folder that a run left beside its CSV; empty when it is not there. */
  public static Optional<RunFolder> beside(Path csv, String runId) {
    Path path = csv.toAbsolutePath().resolveSibling(safeName(runId));
    return Files.isDirectory(path) ? Optional.of(new RunFolder(runId, path)) : Optional.empty();
  }

  /** The runs of an output folder that kept a journal, in the order in which they last wrote it. */
  public static List<RunFolder> all(Path out) throws IOException {
    Map<RunFolder, FileTime> runs = new HashMap<>();
    try (var folders = Files.newDirectoryStream(out, Files::isDirectory)) {
      for (Path path : folders) {
        var run = new RunFolder(path.getFileName().toString(), path);
        if (!run.id().startsWith(".") && Files.exists(run.journalFile())) {
          runs.put(run, Files.getLastModifiedTime(run.journalFile()));
        }
      }
    }
    Comparator<RunFolder> byTime = Comparator.comparing(runs::get);
    return runs.keySet().stream()
        .sorted(byTime.thenComparing(RunFolder::number).thenComparing(RunFolder::id))
        .toList();
  }

  /** Which of the runs of the same file it is, by its id; 1: the first. */
  public int number() {
    int dash = id.lastIndexOf('-');
    String number = id.substring(dash + 1);
    return dash >= 0 && number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 1;
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
    for (int n = 2;
        taken.contains(id) || Files.exists(out.resolve(id), LinkOption.NOFOLLOW_LINKS);
        n++) {
      id = base + "-" + n;
    }
    return id;
  }

  /** The resolved experiment file. */
  public Path experimentFile() {
    return path.resolve(EXPERIMENT);
  }

  /**
   * The resolved experiment that was run.
   *
   * @throws RecordsException it can't be read
   */
  public String readExperiment() throws RecordsException {
    try {
      return PlainFile.text(experimentFile());
    } catch (IOException e) {
      throw new RecordsException(
          experimentFile() + ": cannot be read (" + FileErrors.of(e) + ")", e);
    }
  }

  /** The environment's file. */
  public Path environmentFile() {
    return path.resolve("environment.json");
  }

  /** How far the run has come. */
  public Path journalFile() {
    return path.resolve(Journal.FILE_NAME);
  }

  /** The lives of the containers that waited for calls; there is none where none did. */
  public Path containersFile() {
    return path.resolve("containers.csv");
  }

  /** Where the outputs of failed calls go. */
  Path outputs() {
    return path.resolve("outputs");
  }

  /** Where the log goes. */
  public Path logFile() {
    return path.resolve("run.log");
  }

  /** Writes it, or in the place of an earlier one. */
  public void writeEnvironment(Environment environment) throws IOException {
    OwnFiles.replace(environmentFile(), Json.MAPPER.writeValueAsString(environment) + "\n");
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
      return Optional.of(
          Json.MAPPER.readValue(PlainFile.text(environmentFile()), Environment.class));
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
    Path folder = OwnFiles.folder(outputs());
    String name =
        fileName(new CellKey(invocation.cell(), invocation.repetition()))
            + "-"
            + invocation.invocation();
    Path file = folder.resolve(name + ".txt");
    // Functions that share a cell (mix: together) count their calls apart, so a number may recur.
    for (int n = 2; Files.exists(file, LinkOption.NOFOLLOW_LINKS); n++) {
      file = folder.resolve(name + "-" + n + ".txt");
    }
    byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
    OwnFiles.write(file, Arrays.copyOf(bytes, Math.min(bytes.length, OUTPUT_BYTES)));
    return file;
  }

  /** How files that tell of a cell are named. */
  static String fileName(CellKey cell) {
    return safeName(cell.cell()) + (cell.repetition() > 1 ? "-r" + cell.repetition() : "");
  }

  // Ids may hold any character of a factor's value; a file name may not. The hash keeps two ids
  // that
  // differ only in such characters apart.
  private static String safeName(String id) {
    String safe = id.replaceAll("[^A-Za-z0-9._=-]", "_").replaceFirst("^(\\.+|$)", "_");
    String shortened = safe.length() > 100 ? safe.substring(0, 100) : safe;
    return shortened.equals(id) ? id : shortened + "-" + sha256(id).substring(0, 6);
  }

  /** Of a text in UTF-8, as hex digits. */
  static String sha256(String text) {
    byte[] digest = newSha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
