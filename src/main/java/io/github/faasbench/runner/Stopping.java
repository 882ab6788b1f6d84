package io.github.faasbench.runner;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.Node;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Whether the run is to stop, and how far that has come. What does not end on one node must not
 * keep the others from being cleaned, so that it is waited for only so long.
 */
final class Stopping {

  /** For the calls in flight and for faults, each. Sweeping the nodes comes after it. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(8).toNanos();

  private final Set<String> unclean = ConcurrentHashMap.newKeySet();
  private volatile boolean asked;
  private volatile boolean heard;
  private boolean patienceOver;
  private boolean imagesMayCome;

  /** Any thread may ask; the loop of the cluster that is in use hears it, if there is one. */
  void ask(Cluster inUse) {
    asked = true;
    if (inUse == null) {
      heard = true;
    } else {
      inUse.loop().post(() -> hear(inUse));
    }
  }

  private void hear(Cluster inUse) {
    heard = true;
    imagesMayCome = inUse.endPulls();
    inUse.loop().after(PATIENCE_NANOS, () -> patienceOver = true);
  }

  boolean asked() {
    return asked;
  }

  /** Whether the thread that runs the cells knows. */
  boolean heard() {
    return heard;
  }

  /** No cell runs any more. */
  void over() {
    heard = true;
  }

  /** Waits on the loop for something that is not worth it once the run is to stop. */
  void await(Cluster cluster, BooleanSupplier done) throws InterruptedException {
    cluster.loop().runUntil(() -> asked || done.getAsBoolean());
  }

  /** The condition, or the end of the patience. */
  BooleanSupplier orNoPatience(BooleanSupplier done) {
    return () -> patienceOver || done.getAsBoolean();
  }

  /** Whether an image may come onto a node after that was cleaned. Loop thread only. */
  boolean imagesMayCome() {
    return imagesMayCome;
  }

  /** Something of the tool's may be on its nodes from now on. */
  void soil(Cluster cluster) {
    cluster.nodes().stream().map(Node::name).forEach(unclean::add);
  }

  void cleaned(String node) {
    unclean.remove(node);
  }

  /** Names of nodes on which something of the tool's may be. */
  Set<String> unclean() {
    return new TreeSet<>(unclean);
  }
}
