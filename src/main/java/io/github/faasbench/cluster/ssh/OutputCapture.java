package io.github.faasbench.cluster.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the first bytes written to it and drops the rest; never blocks. */
final class OutputCapture extends OutputStream {
  /** What is kept of a function's output (design section 6). */
  static final int FUNCTION_OUTPUT_BYTES = 64 << 10;

  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  OutputCapture(int most) {
    this.most = most;
  }

  @Override
  public synchronized void write(int b) {
    if (kept.size() < most) {
      kept.write(b);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    kept.write(bytes, from, Math.min(length, most - kept.size()));
  }

  synchronized boolean isEmpty() {
    return kept.size() == 0;
  }

  /** Forgets what it has. */
  synchronized void reset() {
    kept.reset();
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
