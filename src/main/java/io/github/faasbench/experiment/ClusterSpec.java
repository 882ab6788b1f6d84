package io.github.faasbench.experiment;

/**
 * What {@code run} brings up by itself and {@code nodes down} takes down.
 *
 * @param compose path of the compose file; relative to the working directory first, then to the
 *     experiment file's folder
 * @param profile {@code isolated} or {@code shared}
 */
public record ClusterSpec(String compose, String profile) {}
