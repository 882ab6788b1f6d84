package io.github.faasbench.cluster;

import java.util.List;
import java.util.Map;

/**
 * A container to create, or a command to run inside one.
 *
 * @param container the container's name
 * @param image the image reference
 * @param command argument vector; never passed through a shell
 * @param labels labels of a container that is created
 * @param network {@code bridge}, {@code none} or {@code host}
 * @param pull whether the image is pulled first (a cold call)
 */
public record RunRequest(
    String container,
    String image,
    List<String> command,
    Map<String, String> labels,
    String network,
    boolean pull) {}
