package io.github.faasbench.gateway;

import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Signal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the gateway knows of one node. */
final class NodeState implements NodeView {

  final Node node;
  private final String name;
  private final int index;
  private final int rank;

  /** Nodes of one engine share this number; they share images. */
  final int engine;

  /** Containers that wait here for calls, or serve some, by name. */
  final Map<ContainerName, Container> containers = new LinkedHashMap<>();

  private final double weight;
  private final double cpu;
  private final int slots;
  private final int cores;
  private double cpuPercent = Double.NaN;
  private double ramPercent = Double.NaN;
  private long readAtNanos;
  private String readingFailure = "";
  int inFlight;

  /** The machine that holds it; null: not known, or it is no real one. */
  Host host;

  /** 0: not known, or without limit. */
  long memoryBytes;

  /** That containers have, where the gateway keeps the books: {@link Evictions}. */
  long takenBytes;

  /** Whether its load lets it be chosen, as far as that is known before it is read. */
  boolean fits = true;

  Presence presence = Presence.PRESENT;

  /** Whether calls may go there: {@link #fits}, it is there, and not set aside. */
  boolean eligible = true;

  /** What its failures came to; null: it works. */
  Trouble trouble;

  /**
   * @param slots {@link Integer#MAX_VALUE}: the cores count
   */
  NodeState(Node node, int index, int rank, int engine, double weight, double cpu, int slots) {
    this.node = node;
    name = node.name();
    this.index = index;
    this.rank = rank;
    this.engine = engine;
    this.weight = weight;
    this.cpu = cpu;
    boolean byCores = slots == Integer.MAX_VALUE && !Double.isNaN(cpu);
    this.slots = byCores ? (int) Math.ceil(cpu) : slots;
    cores = Double.isNaN(cpu) ? slots : (int) Math.ceil(cpu);
  }

  @Override
  public String name() {
    return name;
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
    return cpuPercent;
  }

  @Override
  public double ramPercent() {
    return ramPercent;
  }

  @Override
  public long readAtNanos() {
    return Math.max(readAtNanos, node.loadReadAtNanos());
  }

  @Override
  public double weight() {
    return weight;
  }

  @Override
  public double cpu() {
    return cpu;
  }

  @Override
  public int slots() {
    return slots;
  }

  boolean isPresent() {
    return presence == Presence.PRESENT;
  }

  boolean isAside() {
    return trouble != null && trouble.aside;
  }

  void read(double cpu, double ram, long atNanos) {
    cpuPercent = cpu;
    ramPercent = ram;
    readAtNanos = atNanos;
    readingFailure = "";
  }

  /** Its load could not be read: what was known of it is no longer true. */
  void notRead(String failure) {
    read(Double.NaN, Double.NaN, 0);
    readingFailure = failure;
  }

  boolean hasReading() {
    return !Double.isNaN(ramPercent);
  }

  /** The same on every run, so that maps by node keep one order. */
  @Override
  public int hashCode() {
    return index;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  double signal(Signal signal) {
    return switch (signal) {
      case CPU -> cpuPercent();
      case RAM -> ramPercent();
      case IN_FLIGHT -> inFlight;
      case FULL -> inFlight < slots ? 0 : 1;
      case PACKING -> inFlight >= cores ? 2 : inFlight > 0 ? 0 : 1;
    };
  }

  /** Why the node can't be chosen, for a rejected call's record. */
  String whyNot(double ramThreshold, long nowNanos) {
    if (!isPresent()) {
      return name() + " " + presence.why;
    }
    if (isAside()) {
      return name() + " is set aside " + trouble.since(nowNanos);
    }
    if (!hasReading()) {
      return name() + " has no reading" + (readingFailure.isEmpty() ? "" : ": " + readingFailure);
    }
    return String.format(
        Locale.ROOT,
        "%s has %.1f %% of its memory in use, limit %s",
        name(),
        ramPercent(),
        ramThreshold);
  }
}
