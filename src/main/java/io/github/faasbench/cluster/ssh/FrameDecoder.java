package io.github.faasbench.cluster.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Takes apart the stream that the Engine API sends for a container without terminal: frames of an
 * 8-byte head (stream number, three zeros, length) and that many bytes. Unless it is told
 * otherwise, standard output and error go to one sink in the order of arrival. The end is stamped
 * by whoever delivers it.
 */
final class FrameDecoder extends OutputStream {
  private final OutputStream output;
  private final OutputStream errors;
  private final LongSupplier clock;
  private final byte[] head = new byte[8];
  private final CompletableFuture<Long> ended = new CompletableFuture<>();
  private int headLength;
  private long left;
  private boolean garbled;

  FrameDecoder(OutputStream output, LongSupplier clock) {
    this(output, output, clock);
  }

  /** Standard error goes to a sink of its own. */
  FrameDecoder(OutputStream output, OutputStream errors, LongSupplier clock) {
    this.output = output;
    this.errors = errors;
    this.clock = clock;
  }

  /**
   * Completes at the stream's end with its moment; where it is none, with a {@link
   * GarbledException}.
   */
  CompletableFuture<Long> ended() {
    return ended;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    int end = from + length;
    while (at < end && !garbled) {
      if (left > 0) {
        int count = (int) Math.min(left, end - at);
        (head[0] == 2 ? errors : output).write(bytes, at, count);
        left -= count;
        at += count;
      } else {
        head[headLength++] = bytes[at++];
        if (headLength == head.length) {
          readHead();
        }
      }
    }
  }

  private void readHead() {
    headLength = 0;
    garbled = head[0] < 0 || head[0] > 2 || head[1] != 0 || head[2] != 0 || head[3] != 0;
    for (int i = 4; i < 8; i++) {
      left = left << 8 | (head[i] & 0xff);
    }
    if (garbled) { // at once: such a stream need not end
      ended.completeExceptionally(new GarbledException("the output stream has a broken frame"));
    }
  }

  @Override
  public void close() {
    if (left > 0 || headLength > 0) {
      ended.completeExceptionally(new GarbledException("the output stream ends within a frame"));
    } else {
      ended.complete(clock.getAsLong());
    }
  }
}
