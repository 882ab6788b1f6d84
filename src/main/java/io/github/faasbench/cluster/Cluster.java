package io.github.faasbench.cluster;

import java.util.List;

/** A set of nodes that can hold containers, and the loop on which all their answers arrive. */
public interface Cluster extends AutoCloseable {

  EventLoop loop();

  /** In the order of the experiment file. */
  List<Node> nodes();

  /**
   * Whether nodes push their loads to the listener, so that a decision asks nobody: then what is
   * known of every node comes with {@link #listen}.
   */
  default boolean pushesLoads() {
    return false;
  }

  /**
   * Whether a node without memory for a new container removes idle ones by itself, which the
   * listener may name.
   */
  default boolean makesRoom() {
    return false;
  }

  /** What can be done to the nodes on purpose. */
  default Faults faults() {
    return Faults.NONE;
  }

  /** Whom to tell from now on; one at a time. */
  default void listen(ClusterListener listener) {}

  /** Told just before each load: what would get in its way later is done now. */
  default void loadBegins() {}

  /**
   * Ends the pulls that are under way, each of which fails with that, and begins no more: the run
   * stops, and a pull may take hours. Loop thread only.
   *
   * @return whether one may go on at its node all the same, so that its image comes later
   */
  default boolean endPulls() {
    return false;
  }

  /**
   * Proves of itself what it can, after a cell: real nodes prove nothing.
   *
   * @throws IllegalStateException a simulation broke a law of queueing: a bug
   */
  default void verify() {}

  /** Lets connections go. Containers and images stay as they are: that is the runner's business. */
  @Override
  void close();
}
