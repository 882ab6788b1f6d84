package io.github.faasbench.gateway;

import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.policy.NodeView;

/** What the gateway knows of one node. */
final class NodeState implements NodeView {

  final Node node;
  private final int index;
  private final int rank;
  private final double weight;
  private final double cpu;
  LoadReading reading;
  String readingFailure = "";
  int inFlight;

  NodeState(Node node, int index, int rank, double weight, double cpu) {
    this.node = node;
    this.index = index;
    this.rank = rank;
    this.weight = weight;
    this.cpu = cpu;
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public double cpuPercent() {
    return reading == null ? Double.NaN : reading.cpuPercent();
  }

  @Override
  public double ramPercent() {
    return reading == null ? Double.NaN : reading.ramPercent();
  }

  @Override
  public long readAtNanos() {
    return reading == null ? 0 : reading.takenAtNanos();
  }

  @Override
  public double weight() {
    return weight;
  }

  @Override
  public double cpu() {
    return cpu;
  }

  double signal(io.github.faasbench.policy.Signal signal) {
    return switch (signal) {
      case CPU -> cpuPercent();
      case RAM -> ramPercent();
      case IN_FLIGHT -> inFlight;
    };
  }

  /** Why the node can't be chosen, for a rejected call's record. */
  String whyNot(double ramThreshold) {
    if (reading == null) {
      return name() + " has no reading" + (readingFailure.isEmpty() ? "" : ": " + readingFailure);
    }
    return String.format(
        java.util.Locale.ROOT,
        "%s has %.1f %% of its memory in use, limit %s",
        name(),
        ramPercent(),
        ramThreshold);
  }
}
