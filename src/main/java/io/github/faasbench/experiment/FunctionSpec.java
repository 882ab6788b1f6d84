package io.github.faasbench.experiment;

import java.util.List;
import java.util.Optional;

/**
 * One function of the experiment file.
 *
 * @param name unique
 * @param image the image reference nodes pull
 * @param build what to build the image from, when the file says so
 * @param command the process of one invocation, as an argument vector
 */
public record FunctionSpec(
    String name, String image, Optional<BuildSpec> build, List<String> command) {}
