package io.github.faasbench.cluster;

/**
 * Where an answer goes.
 *
 * @param <T> the answer's type
 */
public interface Callback<T> {

  void done(T value);

  /** The operation did not take place or its end is not known. */
  void failed(NodeFailure failure);
}
