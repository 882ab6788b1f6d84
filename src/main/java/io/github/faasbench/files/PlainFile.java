package io.github.faasbench.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads plain files, also through links. A pipe with nobody at its other end would be waited for
 * without end, a device may have no end, so neither is read.
 */
public final class PlainFile {

  /** Named where there should be no file, as in SSH's configuration: it is as an empty one. */
  private static final Path NOTHING = Path.of("/dev/null");

  private static final int MOST_TEXT_BYTES = 64 << 20;

  private PlainFile() {}

  /**
   * Opens a file.
   *
   * @throws FileRefused it is a folder, a pipe, a socket or a device
   */
  public static InputStream open(Path file) throws IOException {
    BasicFileAttributes kind = Files.readAttributes(file, BasicFileAttributes.class);
    if (!kind.isRegularFile() && !file.equals(NOTHING)) {
      throw new FileRefused(
          file,
          "is "
              + nameOf(kind)
              + " and no plain file"
              + (kind.isDirectory() ? "" : "; write what it gives into a file, and name that"));
    }
    return Files.newInputStream(file);
  }

  /**
   * Opens a file to be read once: one that the shell hands over ({@code <(command)}, {@code
   * /dev/stdin}) may be a pipe.
   *
   * @throws FileRefused as {@link #open}
   */
  public static InputStream openOnce(Path file) throws IOException {
    boolean handedOver =
        file.startsWith("/dev/fd")
            || file.startsWith("/proc/self/fd")
            || file.startsWith("/dev/stdin");
    return handedOver ? Files.newInputStream(file) : open(file);
  }

  /** What something is that is no plain file. */
  static String nameOf(BasicFileAttributes kind) {
    return kind.isDirectory() ? "a folder" : "a pipe, a socket or a device";
  }

  /**
   * A text in UTF-8, to be read line by line; bytes that are none are replaced.
   *
   * @throws LineTooLong later, at a line of more than 4 MiB
   */
  public static BufferedReader lines(Path file) throws IOException {
    return new BufferedReader(new LineLimit(reader(file), file, false));
  }

  /**
   * A table in UTF-8, whose cells may hold ends of lines in quotes.
   *
   * @throws LineTooLong later, at a row of more than 4 MiB
   */
  public static BufferedReader table(Path file) throws IOException {
    return new BufferedReader(new LineLimit(reader(file), file, true));
  }

  // The decoder of InputStreamReader replaces malformed bytes; a newBufferedReader would stop.
  private static Reader reader(Path file) throws IOException {
    return new InputStreamReader(open(file), StandardCharsets.UTF_8);
  }

  /** A text in UTF-8 as a whole. */
  public static String text(Path file) throws IOException {
    return text(file, StandardCharsets.UTF_8);
  }

  /**
   * A text as a whole.
   *
   * @throws FileRefused also where it has more than 64 MiB
   */
  public static String text(Path file, Charset charset) throws IOException {
    try (InputStream in = open(file)) {
      byte[] bytes = in.readNBytes(MOST_TEXT_BYTES + 1);
      if (bytes.length > MOST_TEXT_BYTES) {
        throw new FileRefused(file, "is larger than " + (MOST_TEXT_BYTES >> 20) + " MiB");
      }
      return new String(bytes, charset);
    }
  }
}
