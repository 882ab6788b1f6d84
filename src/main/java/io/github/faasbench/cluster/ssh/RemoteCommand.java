package io.github.faasbench.cluster.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command that runs on a node over an exec channel. Its end comes as a latch, with no polling.
 *
 * @param stdin what the command reads
 * @param ended completes when the channel has closed, by then with the exit status
 * @param stop lets the channel go; the remote process may live on
 */
record RemoteCommand(OutputStream stdin, CompletableFuture<Exit> ended, Runnable stop) {

  /**
   * How it ended.
   *
   * @param status the exit status; -1 when a signal ended it or the connection broke
   * @param signal the signal's name without SIG; null when none
   */
  record Exit(int status, String signal) {
    boolean lost() {
      return status == -1 && signal == null;
    }
  }

  /**
   * Waits for the end.
   *
   * @throws IOException when it does not come in time or the connection broke
   */
  Exit await(long limitMillis) throws IOException {
    Deadline.current().hold(this, stop);
    try {
      Exit exit = ended.get(limitMillis, TimeUnit.MILLISECONDS);
      if (exit.lost()) {
        throw new IOException("the SSH connection broke");
      }
      return exit;
    } catch (TimeoutException e) {
      Deadline.letGo(stop);
      throw new IOException("no end within " + limitMillis / 1000 + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      Deadline.current().giveBack(this);
    }
  }
}
