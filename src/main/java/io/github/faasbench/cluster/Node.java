package io.github.faasbench.cluster;

/**
 * One node. Every method returns at once and answers exactly once through its callback, on the
 * cluster's loop. None may be called from another thread.
 */
public interface Node {

  String name();

  /**
   * What stands for the machine that holds it: nodes that say the same share its cores. Empty: it
   * shares none, or that is not known.
   */
  default String host() {
    return "";
  }

  /** Reads the node's load now. */
  void load(Callback<LoadReading> done);

  /**
   * Where loads are pushed, when this node's was read last, on the loop's clock: what was pushed
   * before still held then. {@link Long#MIN_VALUE}: not known, only the readings tell.
   */
  default long loadReadAtNanos() {
    return Long.MIN_VALUE;
  }

  /**
   * Whether its load is to be pushed, where loads are: it is, unless it was said that no call goes
   * to it.
   */
  default void followLoad(boolean wanted) {}

  /** What images and containers are there. */
  void inventory(Callback<Inventory> done);

  /** Pulls an image; layers that are there are not fetched again. */
  void pull(String image, Callback<PullResult> done);

  /**
   * Sees to it, before the load, that an image is there: by a pull, or another way where its
   * registry doesn't answer the node. Only {@link #pull} says what was fetched.
   */
  default void provide(String image, Callback<PullResult> done) {
    pull(image, done);
  }

  /** Removes an image; one that is absent already is no failure. */
  void removeImage(String image, Callback<Void> done);

  /** Creates a container, runs the command in it to its end and removes it. */
  void run(RunRequest request, Callback<CallResult> done);

  /**
   * Starts a container that waits ({@code sleep infinity}); its name is the request's. Answers how
   * many nanoseconds of that it waited on the node for memory; real nodes have no such queue.
   */
  void startWaiting(RunRequest request, Callback<Long> done);

  /** Runs the request's command inside the running container of the request's name. */
  void exec(RunRequest request, Callback<CallResult> done);

  /** Kills and removes a container by name; one that is gone already is no failure. */
  void removeContainer(String name, Callback<Void> done);

  /** Facts about the node for the run folder's environment. */
  void describe(Callback<NodeFacts> done);
}
