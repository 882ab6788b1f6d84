package io.github.faasbench.cluster;

import java.util.Map;

/**
 * Facts about a node.
 *
 * @param engineId the engine's own id; two nodes with the same id share one engine
 * @param engineVersion the engine's version
 * @param roundTripNanos median round trip of the kept connection; -1: not measured
 * @param clockOffsetNanos the node's clock minus the gateway's, error at most half a round trip
 * @param other further facts by name, as shown: kernel, cores, memory, storage driver, API version
 * @param troubles what a run needs of the node and it does not give, by name: why, and what to do
 */
public record NodeFacts(
    String engineId,
    String engineVersion,
    long roundTripNanos,
    long clockOffsetNanos,
    Map<String, String> other,
    Map<String, String> troubles) {

  /** Of a node that gives all that a run needs. */
  public NodeFacts(
      String engineId,
      String engineVersion,
      long roundTripNanos,
      long clockOffsetNanos,
      Map<String, String> other) {
    this(engineId, engineVersion, roundTripNanos, clockOffsetNanos, other, Map.of());
  }
}
