package io.github.faasbench.metrics;

import io.github.faasbench.files.OwnFiles;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A last line without its end, as a crash leaves it. */
final class TornLine {

  private TornLine() {}

  /** Cuts it off. */
  static void cut(Path file) throws IOException {
    try (FileChannel opened =
        OwnFiles.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = opened.size();
      long keep = afterLastNewline(opened, size);
      if (keep < size) {
        opened.truncate(keep);
      }
    }
  }

  /**
   * Moves it into a file of its own beside the file; a torn first line just goes.
   *
   * @return that file; empty: there was nothing to move
   */
  static Optional<Path> moveAside(Path file) throws IOException {
    try (FileChannel opened =
        OwnFiles.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = opened.size();
      long keep = afterLastNewline(opened, size);
      if (keep == size) {
        return Optional.empty();
      }
      Optional<Path> aside = Optional.empty();
      if (keep > 0) {
        byte[] tail = new byte[Math.toIntExact(size - keep)];
        read(opened, keep, ByteBuffer.wrap(tail));
        aside = Optional.of(freeName(file));
        OwnFiles.write(aside.get(), tail);
      }
      opened.truncate(keep);
      return aside;
    }
  }

  private static long afterLastNewline(FileChannel file, long size) throws IOException {
    byte[] block = new byte[8192];
    long end = size;
    while (end > 0) {
      int length = (int) Math.min(block.length, end);
      read(file, end - length, ByteBuffer.wrap(block, 0, length));
      for (int i = length - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return end - length + i + 1;
        }
      }
      end -= length;
    }
    return 0;
  }

  private static void read(FileChannel file, long from, ByteBuffer to) throws IOException {
    for (long at = from; to.hasRemaining(); ) {
      int read = file.read(to, at);
      if (read < 0) {
        throw new EOFException("the file became shorter meanwhile");
      }
      at += read;
    }
  }

  private static Path freeName(Path file) {
    int number = 1;
    Path aside;
    do {
      aside = file.resolveSibling(file.getFileName() + ".torn-" + number++);
    } while (Files.exists(aside, LinkOption.NOFOLLOW_LINKS));
    return aside;
  }
}
