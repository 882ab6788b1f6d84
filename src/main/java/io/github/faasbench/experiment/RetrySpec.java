package io.github.faasbench.experiment;

/**
 * Whether a call whose attempt failed on its node is tried again on another one.
 *
 * @param most further attempts, each on a node that the call has not tried yet
 * @param lost also where the function may have run, so that it may run twice
 */
public record RetrySpec(int most, boolean lost) {

  /** One attempt is all. */
  public static final RetrySpec NONE = new RetrySpec(0, false);

  static RetrySpec read(Value retries, Value retryLost) {
    int most = (int) retries.whole(0, 0, Integer.MAX_VALUE);
    boolean lost = retryLost.truth();
    if (lost && most == 0 && !retries.present()) {
      retryLost.problem(
          "without further attempts nothing is tried again; write retries: 1 or more");
    }
    return new RetrySpec(most, lost);
  }
}
