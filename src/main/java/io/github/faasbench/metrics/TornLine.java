package io.github.faasbench.metrics;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A last line without its end, as a crash leaves it. */
final class TornLine {

  private TornLine() {}

  /** Cuts it off. */
  static void cut(Path file) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      long size = opened.length();
      long keep = afterLastNewline(opened, size);
      if (keep < size) {
        opened.setLength(keep);
      }
    }
  }

  /**
   * Moves it into a file of its own beside the file; a torn first line just goes.
   *
   * @return that file; empty: there was nothing to move
   */
  static Optional<Path> moveAside(Path file) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      long size = opened.length();
      long keep = afterLastNewline(opened, size);
      if (keep == size) {
        return Optional.empty();
      }
      Optional<Path> aside = Optional.empty();
      if (keep > 0) {
        byte[] tail = new byte[Math.toIntExact(size - keep)];
        opened.seek(keep);
        opened.readFully(tail);
        aside = Optional.of(freeName(file));
        Files.write(aside.get(), tail, StandardOpenOption.CREATE_NEW);
      }
      opened.setLength(keep);
      return aside;
    }
  }

  private static long afterLastNewline(RandomAccessFile file, long size) throws IOException {
    byte[] block = new byte[8192];
    long end = size;
    while (end > 0) {
      int length = (int) Math.min(block.length, end);
      file.seek(end - length);
      file.readFully(block, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return end - length + i + 1;
        }
      }
      end -= length;
    }
    return 0;
  }

  private static Path freeName(Path file) {
    int number = 1;
    Path aside;
    do {
      aside = file.resolveSibling(file.getFileName() + ".torn-" + number++);
    } while (Files.exists(aside));
    return aside;
  }
}
