package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Entries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What an image is built from.
 *
 * @param context folder with a Dockerfile; relative to the working directory first, then to the
 *     experiment file's folder
 * @param args build arguments
 */
public record BuildSpec(String context, Map<String, String> args) {

  public BuildSpec {
    args = Collections.unmodifiableMap(new TreeMap<>(args));
  }

  /** From {@code build: FOLDER} or {@code build: {context: FOLDER, args: {NAME: VALUE}}}. */
  static Optional<BuildSpec> read(Value build, Function<String, Path> resolve) {
    if (!build.present()) {
      return Optional.empty();
    }
    Value context = build;
    var args = new TreeMap<String, String>();
    if (build.isMap()) {
      build.map(List.of("context", "args"));
      context = build.at("context").required();
      Value given = build.at("args");
      if (given.tree() instanceof Entries map) {
        map.entries().keySet().forEach(name -> args.put(name, given.at(name).anyText("")));
        args.values().removeIf(Objects::isNull);
      } else {
        given.map(List.of("NAME: VALUE"));
      }
    }
    String folder = context.text(null);
    if (folder == null || folder.isEmpty()) {
      return Optional.empty();
    }
    context.path(
        resolve, path -> Files.isRegularFile(path.resolve("Dockerfile")), "no Dockerfile in ");
    return Optional.of(new BuildSpec(folder, args));
  }
}
