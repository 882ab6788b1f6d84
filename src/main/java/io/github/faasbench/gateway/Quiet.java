package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.NodeFailure;
import java.util.function.Consumer;

/**
 * Callbacks of steps whose answer's value does not matter.
 *
 * @param <T> the answer's type
 */
final class Quiet<T> implements Callback<T> {

  static final Callback<Void> VOID = then(() -> {});

  private final Runnable succeeded;
  private final Consumer<NodeFailure> failed;

  private Quiet(Runnable succeeded, Consumer<NodeFailure> failed) {
    this.succeeded = succeeded;
    this.failed = failed;
  }

  /** Goes on either way. */
  static <T> Callback<T> then(Runnable next) {
    return new Quiet<>(next, failure -> next.run());
  }

  /** Goes on one way or the other. */
  static <T> Callback<T> thenIf(Runnable succeeded, Runnable failed) {
    return new Quiet<>(succeeded, failure -> failed.run());
  }

  /** Goes on, or hands the failure over. */
  static <T> Callback<T> thenOr(Runnable succeeded, Consumer<NodeFailure> failed) {
    return new Quiet<>(succeeded, failed);
  }

  @Override
  public void done(T value) {
    succeeded.run();
  }

  @Override
  public void failed(NodeFailure failure) {
    failed.accept(failure);
  }
}
