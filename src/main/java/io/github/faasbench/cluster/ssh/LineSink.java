package io.github.faasbench.cluster.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Hands on, line by line, what a command prints, on the thread that brings it. Of a longer line its
 * start is handed on at once, since its end may never come, and the rest is left out.
 */
abstract class LineSink extends OutputStream {
  static final int MOST_BYTES = 4 << 10;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(64);
  private boolean cut;

  /** A line, without its end. */
  abstract void line(String text);

  @Override
  public final synchronized void write(int b) {
    if (b != '\n') {
      if (line.size() < MOST_BYTES) {
        line.write(b);
      } else if (!cut) {
        cut = true;
        line(line.toString(StandardCharsets.UTF_8));
      }
      return;
    }
    if (!cut) {
      line(line.toString(StandardCharsets.UTF_8));
    }
    cut = false;
    line.reset();
  }

  @Override
  public final void write(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      write(bytes[i]);
    }
  }
}
