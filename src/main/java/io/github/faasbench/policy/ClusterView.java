package io.github.faasbench.policy;

import java.util.random.RandomGenerator;

/**
 * The nodes a decision may choose from, kept up to date by the gateway, so that asking costs at
 * most O(log n). Only eligible nodes are ever returned: available, and with a memory reading below
 * the threshold where readings are known. Ties go to the node registered first.
 */
public interface ClusterView {

  /**
   * All nodes that the experiment lists. One that has not come yet, was drained or removed keeps
   * its index and its rank, and is never eligible: what is known by either stays true when nodes
   * come and go.
   */
  int size();

  /** How many of them are in the cluster now, eligible or not. */
  default int present() {
    return size();
  }

  /** How many nodes may be chosen now. */
  int eligibleCount();

  /** One of them by its place among them, from 0, in the order of names. */
  NodeView eligibleAt(int place);

  /** The eligible node with the smallest signal; null when none is eligible. */
  NodeView least(Signal signal);

  /** The same; of several with the smallest signal each is as likely as the others. */
  NodeView least(Signal signal, RandomGenerator ties);

  /** The eligible node with the largest signal; null when none is eligible. */
  NodeView most(Signal signal);

  /** The first eligible node whose {@link NodeView#rank} is at or after the cursor, going round. */
  NodeView nextEligible(int cursor);

  /** A node by its index. */
  NodeView node(int index);

  /** Whether the node may be chosen now. */
  boolean eligible(int index);

  /** Calls in flight on all registered nodes together. */
  int inFlight();

  /**
   * The view of all nodes, of which this one may offer a part: the warm ones. A policy that rejects
   * a part is asked again with more.
   */
  ClusterView all();

  /** The mode in which a call runs on the nodes offered here, as in the CSV. */
  String mode();
}
