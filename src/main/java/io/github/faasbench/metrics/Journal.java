package io.github.faasbench.metrics;

import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a run has come, in {@code RUN/journal}: one line an event, its words parted by tabs, each
 * forced to disk before the run goes on. {@link Journaled} reads it back.
 *
 * <pre>
 * began     file=SHA-256  plan=SHA-256  version=TOOL  columns=VERSION
 * started   CELL  REPETITION  metrics.csv=BYTES  containers.csv=BYTES  …
 * ended     CELL  REPETITION  rows=NUMBER  sha256=OF_ITS_LINES
 * resumed   at=INSTANT  version=TOOL
 * finished
 * </pre>
 */
public final class Journal implements AutoCloseable {

  static final String FILE_NAME = "journal";
  static final String BEGAN = "began";
  static final String STARTED = "started";
  static final String ENDED = "ended";
  static final String RESUMED = "resumed";
  static final String FINISHED = "finished";

  /**
   * What a run is a run of; it goes on only with the same.
   *
   * @param file SHA-256 of the resolved experiment file
   * @param plan SHA-256 of the cells in their order, with their seeds and numbers of calls
   * @param version of the tool; another one may go on, and is written down
   * @param columns the first version whose rows had its columns: the others' can't be added to
   */
  public record Identity(String file, String plan, String version, String columns) {

    /** Whether its rows are those of this version. */
    public boolean hasTheseColumns() {
      return columns.equals(KnownHeader.CURRENT);
    }

    /** Whether it is that resolved experiment file's. */
    public boolean isOf(String resolved) {
      return file.equals(RunFolder.sha256(resolved));
    }
  }

  private final Path file;
  private final FileChannel channel;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Writes the journal of a run that begins. */
  static void begin(Path file, Identity identity) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("file", identity.file());
    facts.put("plan", identity.plan());
    facts.put("version", identity.version());
    facts.put("columns", identity.columns());
    try (FileChannel channel =
            OwnFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Journal journal = new Journal(file, channel)) {
      journal.add(List.of(BEGAN), facts);
    }
  }

  /**
   * Opens a run's journal to go on with it; a last line that a crash cut off goes.
   *
   * @throws RecordsException it can't be written
   */
  public static Journal open(Path file) throws RecordsException {
    try {
      TornLine.cut(file);
      return new Journal(
          file, OwnFiles.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new RecordsException(file + ": cannot be written (" + FileErrors.of(e) + ")", e);
    }
  }

  /**
   * A cell begins.
   *
   * @param sizes bytes that each of the run's files has then, by the file's name
   */
  public void started(CellKey cell, Map<String, Long> sizes) throws RecordsException {
    add(words(STARTED, cell), sizes);
  }

  /**
   * A cell is done: all its rows are on disk.
   *
   * @param rows how many the CSV has
   * @param sha256 of their lines, in hex digits
   */
  public void ended(CellKey cell, long rows, String sha256) throws RecordsException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rows", rows);
    facts.put("sha256", sha256);
    add(words(ENDED, cell), facts);
  }

  /** The run goes on after a stop. */
  public void resumed(String at, String version) throws RecordsException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("at", at);
    facts.put("version", version);
    add(List.of(RESUMED), facts);
  }

  /** All cells are done, and all that is made from them. */
  public void finished() throws RecordsException {
    add(List.of(FINISHED), Map.of());
  }

  private static List<String> words(String event, CellKey cell) {
    return List.of(event, cell.cell(), Integer.toString(cell.repetition()));
  }

  private void add(List<String> words, Map<String, ?> facts) throws RecordsException {
    List<String> line = new ArrayList<>(words);
    facts.forEach((name, value) -> line.add(name + "=" + value));
    byte[] bytes = (String.join("\t", line) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      long before = channel.size();
      try {
        OwnFiles.writeFully(channel, ByteBuffer.wrap(bytes));
      } catch (IOException e) {
        channel.truncate(before);
        throw e;
      }
      channel.force(true);
    } catch (IOException e) {
      throw new RecordsException(
          file + ": cannot be written (" + FileErrors.of(e) + "); make room and --resume", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The value of {@code name=value} among a line's words. */
  static Optional<String> fact(List<String> words, String name) {
    return words.stream()
        .filter(word -> word.startsWith(name + "="))
        .map(word -> word.substring(name.length() + 1))
        .findFirst();
  }
}
