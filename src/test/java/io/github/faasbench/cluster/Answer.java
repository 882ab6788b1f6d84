package io.github.faasbench.cluster;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Catches one answer of a node, and knows how to run the loop until it is there. */
public final class Answer<T> implements Callback<T> {
  private final EventLoop loop;
  private T value;
  private NodeFailure failure;
  private int times;

  private Answer(EventLoop loop) {
    this.loop = loop;
  }

  /** Starts an operation: {@code Answer.to(loop, node::load)}. */
  public static <T> Answer<T> to(EventLoop loop, Consumer<Callback<T>> operation) {
    Answer<T> answer = new Answer<>(loop);
    operation.accept(answer);
    return answer;
  }

  @Override
  public void done(T given) {
    value = given;
    times++;
  }

  @Override
  public void failed(NodeFailure given) {
    failure = given;
    times++;
  }

  public boolean isThere() {
    return times > 0;
  }

  /** Waits for the value. */
  public T value() {
    await();
    if (failure != null) {
      throw new AssertionError("the node answered: " + failure);
    }
    return value;
  }

  /** Waits for a failure. */
  public NodeFailure failure() {
    await();
    if (failure == null) {
      throw new AssertionError("expected a failure, the node answered: " + value);
    }
    return failure;
  }

  /** Waits for either. */
  public Answer<T> await() {
    boolean[] late = {false};
    EventLoop.Timer limit = loop.after(TimeUnit.MINUTES.toNanos(3), () -> late[0] = true);
    try {
      loop.runUntil(() -> times > 0 || late[0]);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    limit.cancel();
    if (times != 1) {
      throw new AssertionError(times == 0 ? "no answer within 3 min" : times + " answers");
    }
    return this;
  }
}
