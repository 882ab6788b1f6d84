package io.github.faasbench.cluster.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes on their way to a node. JSch's writes wait without a limit, so progress is watched. */
final class Upload {
  private static final int CHUNK_BYTES = 64 << 10;

  private Upload() {}

  /**
   * Copies all bytes and closes the target.
   *
   * @param limitNanos longest time without progress
   * @throws IOException when reading or writing failed, or nothing moved for that long; the target
   *     is not closed then, since its end would say that it had got everything: the caller lets the
   *     connection go
   */
  static void copy(InputStream from, OutputStream to, long limitNanos, Executor threads)
      throws IOException {
    AtomicLong moved = new AtomicLong();
    CompletableFuture<Void> done = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
              to.write(chunk, 0, n);
              moved.addAndGet(n);
            }
            to.close();
            done.complete(null);
          } catch (Throwable t) {
            done.completeExceptionally(t);
          }
        });
    await(done, moved, limitNanos);
  }

  private static void await(CompletableFuture<Void> done, AtomicLong moved, long limitNanos)
      throws IOException {
    long before = -1;
    while (moved.get() > before) {
      before = moved.get();
      try {
        done.get(limitNanos, TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        continue;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      }
    }
    throw new IOException(
        "nothing was taken for "
            + TimeUnit.NANOSECONDS.toSeconds(limitNanos)
            + " s, after "
            + moved
            + " bytes");
  }
}
