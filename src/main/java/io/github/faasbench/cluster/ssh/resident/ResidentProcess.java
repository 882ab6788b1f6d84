package io.github.faasbench.cluster.ssh.resident;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The gateway's end of the resident protocol (docs/resident.md): writes calls to one process as
 * lines, and finds whose answer each line is that comes back. A call is one write on the caller's
 * thread; its answer is read, stamped and handed on by the thread that brings the bytes. So nothing
 * here may wait for that thread: lines have a lock of their own, and no more of them are on their
 * way than any channel takes without being read.
 */
public final class ResidentProcess {
  /** Of unanswered lines together. An SSH channel's window is 2 MiB, a process's pipe 64 KiB. */
  private static final int MOST_UNANSWERED_BYTES = 512 << 10;

  private final OutputStream in;
  private final CallLine line;
  private final LongSupplier clock;
  private final Ending ending;
  private final ReentrantLock writing = new ReentrantLock();
  private final Map<Long, Caller> inside = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Lines lines = new Lines();
  private volatile long lastId;
  private final AtomicBoolean over = new AtomicBoolean();

  /** Told once how its call ended, or that nobody knows. */
  public interface Caller {
    /**
     * It was answered.
     *
     * @param result why it failed; for an exit code of 0 of no meaning
     * @param tookMicros by the process's own stamps, as it says; may be impossible
     * @param atNanos when the answer arrived, by the gateway's clock
     */
    void answered(int exitCode, String result, long tookMicros, long atNanos);
  }

  /** Told once that the process takes no further call. */
  public interface Ending {
    /**
     * @param garbled which line was none of the protocol's; null: its stream ended
     * @param inside calls without an answer: nobody else tells them
     * @param atNanos by the gateway's clock
     */
    void over(ProtocolException garbled, List<Caller> inside, long atNanos);
  }

  /** A call of which not a byte was sent. */
  public static final class NotTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    NotTakenException(String message) {
      super(message);
    }
  }

  /**
   * @param in the process's standard input
   * @param args what each call's line carries
   * @param clock the gateway's, for stamps
   * @throws IOException when the arguments make a line too long
   */
  public ResidentProcess(OutputStream in, List<String> args, LongSupplier clock, Ending ending)
      throws IOException {
    this.in = in;
    this.line = new CallLine(args);
    this.clock = clock;
    this.ending = ending;
  }

  /** Done when it waits for calls; with an exception when it never will. */
  public CompletableFuture<Void> ready() {
    return ready;
  }

  /** Takes what the process writes to its standard output; never blocks. */
  public OutputStream output() {
    return lines;
  }

  /**
   * Sends a call.
   *
   * @param leftMillis what it still has of its time; -1: it has no limit
   * @throws NotTakenException the process takes no call now
   * @throws IOException the line may have been sent, or a part of it
   */
  public void call(long leftMillis, Caller caller) throws IOException {
    writing.lock();
    try {
      if ((inside.size() + 1L) * line.bytes().length > MOST_UNANSWERED_BYTES) {
        throw new NotTakenException("its runtime has too many calls that it has not answered");
      }
      long id = lastId + 1;
      lastId = id;
      inside.put(id, caller);
      if (over.get() && inside.remove(id) != null) {
        throw new NotTakenException("its runtime has ended");
      }
      line.make(id, leftMillis);
      try {
        in.write(line.bytes(), 0, line.length());
        in.flush();
      } catch (IOException e) {
        if (inside.remove(id) != null) {
          throw e;
        }
      }
    } finally {
      writing.unlock();
    }
  }

  /** Whether it has calls that it has not answered. */
  public boolean isBusy() {
    return !inside.isEmpty();
  }

  /** Its standard output has ended, or cannot be followed any more. */
  public void ended() {
    end(null, clock.getAsLong());
  }

  private void end(ProtocolException garbled, long atNanos) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    List<Caller> left = new ArrayList<>();
    for (Long id : inside.keySet()) {
      Caller caller = inside.remove(id);
      if (caller != null) {
        left.add(caller);
      }
    }
    ready.completeExceptionally(
        garbled == null ? new IOException("it ended before it was ready") : garbled);
    ending.over(garbled, left, atNanos);
  }

  private void take(byte[] bytes, int from, int length) {
    long now = clock.getAsLong();
    try {
      if (!ready.isDone()) {
        AnswerLine.ready(bytes, from, length);
        ready.complete(null);
        return;
      }
      AnswerLine.Answer answer = AnswerLine.answer(bytes, from, length);
      Caller caller = inside.remove(answer.id());
      if (caller != null) {
        long took = answer.endedMicros() - answer.startedMicros();
        caller.answered(answer.exitCode(), answer.result(), took, now);
      } else if (answer.id() < 1 || answer.id() > lastId) {
        throw new ProtocolException("no call had the id " + answer.id());
      }
    } catch (ProtocolException e) {
      end(e, now);
    }
  }

  /** Cuts bytes into lines. Those that arrive whole are read where they lie. */
  private final class Lines extends OutputStream {
    private byte[] begun = new byte[512];
    private int length;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      int start = from;
      int end = from + count;
      for (int i = from; i < end && !over.get(); i++) {
        if (bytes[i] != '\n') {
          continue;
        }
        if (length == 0) {
          take(bytes, start, i - start);
        } else {
          keep(bytes, start, i - start);
          int whole = length;
          length = 0;
          if (!over.get()) {
            take(begun, 0, whole);
          }
        }
        start = i + 1;
      }
      if (!over.get() && start < end) {
        keep(bytes, start, end - start);
      }
    }

    private void keep(byte[] bytes, int from, int count) {
      if (length + count >= AnswerLine.MOST_BYTES) {
        begun = new byte[0];
        end(
            new ProtocolException("a line of more than " + AnswerLine.MOST_BYTES + " bytes"),
            clock.getAsLong());
        return;
      }
      if (length + count > begun.length) {
        byte[] longer = new byte[Math.max(length + count, 2 * begun.length)];
        System.arraycopy(begun, 0, longer, 0, length);
        begun = longer;
      }
      System.arraycopy(bytes, from, begun, length, count);
      length += count;
    }
  }
}
