package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.policy.Signal;
import java.util.List;

/** Reads nodes' loads into the registry. */
final class Loads {

  private final ClusterIndex index;
  private final double ramThreshold;

  /** Whether a reading decides at once who may be chosen, for policies that compare readings. */
  private final boolean filters;

  Loads(ClusterIndex index, double ramThreshold, boolean filters) {
    this.index = index;
    this.ramThreshold = ramThreshold;
    this.filters = filters;
  }

  /** Reads all these nodes at once; answers when the last reading is there or has failed. */
  void read(List<NodeState> nodes, Runnable done) {
    int[] left = {nodes.size()};
    Runnable one =
        () -> {
          if (--left[0] == 0) {
            done.run();
          }
        };
    for (NodeState node : nodes) {
      node.node.load(
          new Callback<>() {
            @Override
            public void done(LoadReading reading) {
              took(node, reading, "");
              one.run();
            }

            @Override
            public void failed(NodeFailure failure) {
              took(node, null, failure.message());
              one.run();
            }
          });
    }
  }

  boolean eligible(NodeState node) {
    return node.reading != null && node.reading.ramPercent() < ramThreshold;
  }

  private void took(NodeState node, LoadReading reading, String failure) {
    node.reading = reading;
    node.readingFailure = failure;
    if (filters) {
      index.eligible(node, eligible(node));
    }
    index.changed(node, Signal.CPU);
    index.changed(node, Signal.RAM);
  }
}
