package io.github.faasbench.metrics;

import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.files.PlainFile;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.csv.CSVFormat;

/**
 * Appends invocations to {@code metrics.csv}: one header, one line a row, never rewritten. It is
 * opened before the run, so that a path that can't be written stops at once, and holds the lock of
 * its folder until it is closed. A row goes to the file in one write.
 */
public final class CsvSink implements RecordSink {

  static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();
  private static final int BLOCK_BYTES = 1 << 16;

  private final Path csv;
  private final FolderLock lock;
  private final FileChannel channel;
  private final boolean flushEachRow;
  private final List<String> notices;
  private final CsvLines pending = new CsvLines(FORMAT);

  /** Of the lines that were written since the cell began. */
  private final MessageDigest ofCell = RunFolder.newSha256();

  private CsvSink(
      Path csv, FolderLock lock, FileChannel channel, boolean flushEachRow, List<String> notices) {
    this.csv = csv;
    this.lock = lock;
    this.channel = channel;
    this.flushEachRow = flushEachRow;
    this.notices = List.copyOf(notices);
  }

  /**
   * Opens the file for appending and writes the header when it is new. An unfinished last line,
   * left by a crash, is moved into a file of its own beside it; {@link #notices()} then says so.
   *
   * @param flushEachRow true: each row is in the file when {@code accept} returns; false: in blocks
   *     and at each cell's end
   * @throws RecordsException another process writes this folder, the path can't be written, or the
   *     file has another header
   */
  public static CsvSink open(Path csv, boolean flushEachRow) throws RecordsException {
    return open(csv, flushEachRow, FolderLock.acquire(csv.toAbsolutePath().getParent()));
  }

  /** The same, with the lock of the folder, which it takes over. */
  public static CsvSink open(Path csv, boolean flushEachRow, FolderLock lock)
      throws RecordsException {
    try {
      List<String> notices = new ArrayList<>();
      FileChannel channel = openRepaired(csv, notices);
      return new CsvSink(csv, lock, channel, flushEachRow, notices);
    } catch (IOException e) {
      closeQuietly(lock, e);
      if (e instanceof RecordsException records) {
        throw records;
      }
      throw new RecordsException(
          csv
              + ": cannot be written ("
              + FileErrors.of(e)
              + "); choose another folder with --out DIR",
          e);
    }
  }

  private static FileChannel openRepaired(Path csv, List<String> notices) throws IOException {
    OwnFiles.check(csv);
    if (Files.isDirectory(csv)) {
      throw new RecordsException(
          csv + ": is a folder, and the CSV should go there; choose another one with --out DIR");
    }
    if (Files.exists(csv)) {
      checkHeader(csv);
      notices.addAll(repair(csv));
    }
    FileChannel channel =
        OwnFiles.open(
            csv, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    if (channel.size() == 0) {
      String header = String.join(",", Column.headers()) + "\n";
      OwnFiles.writeFully(channel, ByteBuffer.wrap(header.getBytes(StandardCharsets.UTF_8)));
    }
    return channel;
  }

  /** Moves a torn last line aside; answers what to tell of it. */
  static List<String> repair(Path csv) throws IOException {
    return TornLine.moveAside(csv).stream()
        .map(
            aside ->
                csv
                    + ": its last line was unfinished (a crash?) and is now in "
                    + aside.getFileName())
        .toList();
  }

  static void checkHeader(Path csv) throws IOException {
    String expected = String.join(",", Column.headers());
    byte[] start = new byte[expected.length() + 8];
    int read;
    try (var in = PlainFile.open(csv)) {
      read = in.readNBytes(start, 0, start.length);
    }
    String text = new String(start, 0, read, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    // A crash may have cut the header itself: the start of ours is no foreign file.
    boolean ours =
        end < 0
            ? expected.startsWith(text)
            : text.substring(0, end).replaceFirst("\r$", "").equals(expected);
    if (!ours) {
      throw new RecordsException(
          csv
              + ":1: the first line is not the header of this version's records, so nothing is"
              + " appended; move the file away, or choose another folder with --out DIR");
    }
  }

  /** What opening had to put right, one line each; empty as a rule. */
  public List<String> notices() {
    return notices;
  }

  /** The file's name. */
  public String name() {
    return csv.getFileName().toString();
  }

  /** How many bytes the file has; rows that wait to be written are not counted. */
  public long size() throws IOException {
    return channel.size();
  }

  /** The rows from here on are of another cell. */
  public void cellBegins() throws IOException {
    flush();
    ofCell.reset();
  }

  /** SHA-256 of the cell's lines, in hex digits; asked for once, when the cell has ended. */
  public String sha256OfCell() {
    return HexFormat.of().formatHex(ofCell.digest());
  }

  @Override
  public void accept(Invocation invocation) throws IOException {
    pending.add(invocation);
    if (flushEachRow || pending.length() >= BLOCK_BYTES) {
      flush();
    }
  }

  @Override
  public void cellEnded() throws IOException {
    flush();
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    try (lock;
        channel) {
      flush();
      channel.force(false);
    }
  }

  private void flush() throws IOException {
    if (pending.length() == 0) {
      return;
    }
    long before = channel.size();
    try {
      ByteBuffer lines = pending.toWrite();
      OwnFiles.writeFully(channel, lines);
      ofCell.update(lines.rewind());
      pending.clear();
    } catch (IOException e) {
      // Half a row must not stay: closing tries these rows again.
      channel.truncate(before);
      throw new RecordsException(
          csv + ": a row cannot be written (" + FileErrors.of(e) + "); make room and --resume", e);
    }
  }

  private static void closeQuietly(FolderLock lock, IOException cause) {
    try {
      lock.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
