package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One operation that a node was asked for: it is answered once, on the loop, and at its deadline at
 * the latest.
 *
 * @param <T> the answer's type
 */
final class Pending<T> implements Callback<T> {
  private final String node;
  private final Callback<T> whom;
  private final EventLoop loop;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final Deadline deadline = new Deadline(this::unanswered);
  private volatile boolean waitedInVain;

  Pending(String node, Callback<T> whom, EventLoop loop) {
    this.node = node;
    this.whom = whom;
    this.loop = loop;
  }

  /** What an operation does; it may wait for the node. */
  interface Operation<T> {
    T carryOut() throws NodeException, IOException;
  }

  Deadline deadline() {
    return deadline;
  }

  /** Whether a time was over, that of the operation or that of one answer in it. */
  boolean wasSilent() {
    return waitedInVain || deadline.isOver();
  }

  /**
   * Carries it out on this thread.
   *
   * @param address where the node is, for messages
   */
  void carryOut(Operation<T> operation, String address) {
    try {
      done(operation.carryOut());
    } catch (NodeException e) {
      failed(e.at(node));
    } catch (GarbledException e) {
      String message =
          "the engine's answer makes no sense: " + NodeException.oneLine(e.getMessage());
      failed(new NodeFailure(NodeFailure.Kind.GARBLED, node, message, false));
    } catch (SocketTimeoutException e) { // it stands, and brings nothing
      waitedInVain = true;
      String message =
          node
              + ": "
              + NodeException.oneLine(e.getMessage())
              + "; look at the engine there, or `faasbench doctor` looks closer";
      failed(new NodeFailure(NodeFailure.Kind.UNREACHABLE, node, message, false));
    } catch (IOException e) {
      String message =
          "the connection to "
              + address
              + " broke: "
              + NodeException.oneLine(FileErrors.of(e))
              + NodeException.LOOK_CLOSER;
      failed(new NodeFailure(NodeFailure.Kind.UNREACHABLE, node, message, false));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) { // or nobody is told
      String message =
          "the node's answer could not be handled: " + NodeException.oneLine(FileErrors.of(e));
      failed(new NodeFailure(NodeFailure.Kind.GARBLED, node, message, true));
    }
  }

  @Override
  public void done(T value) {
    if (answered.compareAndSet(false, true)) {
      deadline.answered();
      loop.post(() -> whom.done(value));
    }
  }

  /** Whatever went wrong when the time was over, it was that. */
  @Override
  public void failed(NodeFailure failure) {
    if (answered.compareAndSet(false, true)) {
      NodeFailure told = deadline.isOver() ? silent(failure.mayHaveRun()) : failure;
      deadline.answered();
      loop.post(() -> whom.failed(told));
    }
  }

  private void unanswered() {
    failed(silent(true));
  }

  private NodeFailure silent(boolean mayHaveRun) {
    String message = node + ": " + deadline.words();
    return new NodeFailure(NodeFailure.Kind.UNREACHABLE, node, message, mayHaveRun);
  }
}
