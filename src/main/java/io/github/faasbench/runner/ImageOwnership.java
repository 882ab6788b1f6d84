package io.github.faasbench.runner;

import java.io.IOException;

/** Remembers which images the tool put on which node, so that only those are ever removed. */
public interface ImageOwnership {

  boolean owns(String node, String image);

  /** Whether the node may use this machine's engine, and the tool built that image there. */
  default boolean built(String node, String image) {
    return false;
  }

  /** Written down before the tool can pull the image there for the first time. */
  void own(String node, String image) throws IOException;

  /** The image is off the node: what comes there later is somebody else's. */
  void gone(String node, String image) throws IOException;
}
