package io.github.faasbench.cluster.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;

/**
 * Where a channel's bytes arrive. Writing never blocks: a channel that nobody reads would stall all
 * channels of its SSH session. Readers wait with a limit. A stream of unknown length is redirected
 * to a sink that takes bytes at once.
 */
final class ByteInbox extends OutputStream {
  private static final long MOST_HELD_BYTES = 64L << 20;

  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
  private int taken;
  private long held;
  private boolean closed;
  private boolean overflow;
  private OutputStream direct;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    if (direct != null) {
      direct.write(bytes, from, length);
    } else if (held + length > MOST_HELD_BYTES) {
      overflow = true;
      chunks.clear();
      notifyAll();
    } else if (length > 0 && !overflow) {
      byte[] chunk = new byte[length];
      System.arraycopy(bytes, from, chunk, 0, length);
      chunks.add(chunk);
      held += length;
      notifyAll();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      notifyAll();
      if (direct != null) {
        direct.close();
      }
    }
  }

  /** Whether the far side has closed it, all of it read or not. */
  synchronized boolean isClosed() {
    return closed;
  }

  /** Bytes waiting to be read. */
  synchronized boolean isEmpty() {
    return chunks.isEmpty();
  }

  /** Gives all bytes, those held and those to come, and the end, to the sink. */
  synchronized void redirect(OutputStream sink) throws IOException {
    while (!chunks.isEmpty()) {
      byte[] chunk = chunks.remove();
      sink.write(chunk, taken, chunk.length - taken);
      taken = 0;
    }
    direct = sink;
    if (closed) {
      sink.close();
    }
  }

  /**
   * Reads what is there, waiting for at least one byte.
   *
   * @param limitNanos longest wait; {@link Long#MAX_VALUE} for none
   * @return bytes read, -1 at the end
   * @throws SocketTimeoutException when nothing came within the limit
   */
  synchronized int read(byte[] into, int from, int length, long limitNanos) throws IOException {
    long start = System.nanoTime();
    while (chunks.isEmpty() && !closed && !overflow) {
      long left = limitNanos == Long.MAX_VALUE ? 0 : limitNanos - (System.nanoTime() - start);
      if (limitNanos != Long.MAX_VALUE && left <= 0) {
        throw new SocketTimeoutException(
            "nothing arrived within " + limitNanos / 1_000_000 + " ms");
      }
      try {
        wait(left == 0 ? 0 : Math.max(1, left / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    if (overflow) {
      throw new IOException("more than " + (MOST_HELD_BYTES >> 20) + " MiB arrived unread");
    }
    byte[] chunk = chunks.peek();
    if (chunk == null) {
      return -1;
    }
    int count = Math.min(length, chunk.length - taken);
    System.arraycopy(chunk, taken, into, from, count);
    taken += count;
    held -= count;
    if (taken == chunk.length) {
      chunks.remove();
      taken = 0;
    }
    return count;
  }
}
