package io.github.faasbench.cluster;

import java.util.List;

/** A set of nodes that can hold containers, and the loop on which all their answers arrive. */
public interface Cluster extends AutoCloseable {

  EventLoop loop();

  /** In the order of the experiment file. */
  List<Node> nodes();

  /** Lets connections go. Containers and images stay as they are: that is the runner's business. */
  @Override
  void close();
}
