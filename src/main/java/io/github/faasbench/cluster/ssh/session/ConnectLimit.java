package io.github.faasbench.cluster.ssh.session;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Connecting has a limit as a whole: JSch's own is for each silence, and it reads what a server may
 * say before its version without end.
 */
final class ConnectLimit {
  private static final int SILENCES = 4;

  private ConnectLimit() {}

  /**
   * Connects and logs in.
   *
   * @param silenceMillis longest silence; the whole may take four of them
   */
  static void connect(Session session, int silenceMillis) throws JSchException {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture.delayedExecutor((long) SILENCES * silenceMillis, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (over.compareAndSet(false, true)) {
                session.disconnect();
              }
            });
    try {
      session.connect(silenceMillis);
    } catch (JSchException | RuntimeException e) { // JSch trips over bytes that are no SSH
      if (over.get()) {
        throw new JSchException("timeout: its greeting does not end", e);
      }
      session.disconnect();
      throw e instanceof JSchException known
          ? known
          : new JSchException("what it says is no SSH", e);
    } finally {
      if (!over.compareAndSet(false, true)) {
        session.disconnect(); // it was let go as it was let in
      }
    }
  }
}
