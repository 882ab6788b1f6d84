package io.github.faasbench.cluster;

import java.util.List;
import java.util.Map;

/**
 * What a node's engine holds.
 *
 * @param images every tag of every image: reference ({@code localhost:5055/x:latest}) to image id
 * @param containers all containers, running or not
 */
public record Inventory(Map<String, String> images, List<Container> containers) {

  /**
   * A container.
   *
   * @param image the reference or id it was created from
   * @param labels all its labels
   */
  public record Container(
      String id, String name, String image, Map<String, String> labels, boolean running) {}

  /** Whether the image is there, {@code :latest} being what a reference without tag means. */
  public boolean hasImage(String reference) {
    return images.containsKey(withTag(reference));
  }

  /** The reference with its tag or digest written out. */
  public static String withTag(String reference) {
    int name = reference.lastIndexOf('/') + 1;
    return reference.indexOf('@', name) >= 0 || reference.indexOf(':', name) >= 0
        ? reference
        : reference + ":latest";
  }
}
