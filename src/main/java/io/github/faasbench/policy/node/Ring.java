package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Consistent hashing (Karger et al., STOC 1997): every node has some points on a ring, and a key
 * belongs to the node of the next point clockwise. Nodes that come or go move only their own keys.
 */
final class Ring {

  private final long[] points;
  private final int[] nodes;

  /**
   * @param pointsPerNode more make the shares more equal
   */
  Ring(ClusterView cluster, int pointsPerNode) {
    int count = cluster.size() * pointsPerNode;
    long[] hashes =
        IntStream.range(0, count)
            .mapToLong(
                point ->
                    hash(cluster.node(point / pointsPerNode).name() + "#" + point % pointsPerNode))
            .toArray();
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted((a, b) -> Long.compare(hashes[a], hashes[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    points = Arrays.stream(order).mapToLong(point -> hashes[point]).toArray();
    nodes = Arrays.stream(order).map(point -> point / pointsPerNode).toArray();
  }

  /** The place of the first point at or after the key. */
  int place(String key) {
    int found = Arrays.binarySearch(points, hash(key));
    return (found < 0 ? -found - 1 : found) % points.length;
  }

  int next(int place) {
    return place + 1 == points.length ? 0 : place + 1;
  }

  /** The index of the node whose point is there. */
  int node(int place) {
    return nodes[place];
  }

  /** The first place from there whose node is offered; the caller knows that one is. */
  int offered(ClusterView cluster, int from) {
    int place = from;
    while (!cluster.eligible(nodes[place])) {
      place = next(place);
    }
    return place;
  }

  /** FNV-1a, then the finalizer of SplitMix64, so that names that differ in a digit part ways. */
  static long hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
    return hash ^ hash >>> 31;
  }
}
