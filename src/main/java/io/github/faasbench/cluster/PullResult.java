package io.github.faasbench.cluster;

/**
 * What a pull did.
 *
 * @param pulledBytes bytes fetched from the registry; -1 when not measured
 * @param layersPresent layers the node already had; -1 when not measured
 * @param layers all layers of the image; -1 when not measured
 * @param shared whether another call's pull of the same image was under way and this one joined it
 */
public record PullResult(long pulledBytes, int layersPresent, int layers, boolean shared) {

  /** Bytes that nobody else's pull fetched; -1 when not measured, or when all are another's. */
  public long ownBytes() {
    return shared ? -1 : pulledBytes;
  }
}
