package io.github.faasbench.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What {@code run} brings up by itself and {@code nodes down} takes down.
 *
 * @param compose path of the compose file; relative to the working directory first, then to the
 *     experiment file's folder
 * @param profile {@code isolated} or {@code shared}
 */
public record ClusterSpec(String compose, String profile) {

  /** The profile's names; {@code isolated} is the default. */
  enum Profile {
    ISOLATED,
    SHARED
  }

  static Optional<ClusterSpec> read(Value cluster, Function<String, Path> resolve) {
    if (!cluster.map(List.of("compose", "profile"))) {
      return Optional.empty();
    }
    Value compose = cluster.at("compose").required();
    String file = compose.text("");
    if (file != null && !file.isEmpty()) {
      compose.path(resolve, Files::isRegularFile, "no file ");
    }
    Profile profile = cluster.at("profile").oneOf(Profile.ISOLATED, Set.of());
    return Optional.of(new ClusterSpec(file, Constants.written(profile)));
  }
}
