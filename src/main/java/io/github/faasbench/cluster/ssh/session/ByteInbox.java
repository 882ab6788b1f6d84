package io.github.faasbench.cluster.ssh.session;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a channel's bytes arrive. Writing never blocks: a channel that nobody reads would stall all
 * channels of its SSH session. Readers wait with a limit. A stream of unknown length is redirected
 * to a sink that takes bytes at once. A lock and not a monitor: a virtual thread that waits in a
 * monitor holds a real one (Java 21 to 23).
 */
public final class ByteInbox extends OutputStream {
  private static final long MOST_HELD_BYTES = 64L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
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
  public void write(byte[] bytes, int from, int length) throws IOException {
    lock.lock();
    try {
      take(bytes, from, length);
    } finally {
      lock.unlock();
    }
  }

  private void take(byte[] bytes, int from, int length) throws IOException {
    if (direct != null) {
      direct.write(bytes, from, length);
    } else if (held + length > MOST_HELD_BYTES) {
      overflow = true;
      chunks.clear();
      arrived.signalAll();
    } else if (length > 0 && !overflow) {
      byte[] chunk = new byte[length];
      System.arraycopy(bytes, from, chunk, 0, length);
      chunks.add(chunk);
      held += length;
      arrived.signalAll();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        arrived.signalAll();
        if (direct != null) {
          direct.close();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the far side has closed it, all of it read or not. */
  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether no bytes wait to be read. */
  public boolean isEmpty() {
    lock.lock();
    try {
      return chunks.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Gives all bytes, those held and those to come, and the end, to the sink. */
  public void redirect(OutputStream sink) throws IOException {
    lock.lock();
    try {
      while (!chunks.isEmpty()) {
        byte[] chunk = chunks.remove();
        sink.write(chunk, taken, chunk.length - taken);
        taken = 0;
      }
      direct = sink;
      if (closed) {
        sink.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads what is there, waiting for at least one byte.
   *
   * @param limitNanos longest wait; {@link Long#MAX_VALUE} for none
   * @return bytes read, -1 at the end
   * @throws SocketTimeoutException when nothing came within the limit
   */
  public int read(byte[] into, int from, int length, long limitNanos) throws IOException {
    lock.lock();
    try {
      awaitBytes(limitNanos);
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
    } finally {
      lock.unlock();
    }
  }

  private void awaitBytes(long limitNanos) throws IOException {
    long left = limitNanos;
    try {
      while (chunks.isEmpty() && !closed && !overflow) {
        if (left <= 0) {
          long millis = TimeUnit.NANOSECONDS.toMillis(limitNanos);
          throw new SocketTimeoutException("nothing arrived within " + millis + " ms");
        }
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
