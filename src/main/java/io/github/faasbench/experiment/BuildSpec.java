package io.github.faasbench.experiment;

import java.util.Map;

/**
 * What an image is built from.
 *
 * @param context folder with a Dockerfile; relative to the working directory first, then to the
 *     experiment file's folder
 * @param args build arguments
 */
public record BuildSpec(String context, Map<String, String> args) {}
