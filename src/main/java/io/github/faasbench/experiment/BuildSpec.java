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
import java.util.regex.Pattern;

/**
 * What an image is built from.
 *
 * @param context folder with a Dockerfile; relative to the working directory first, then to the
 *     experiment file's folder
 * @param args build arguments
 */
public record BuildSpec(String context, Map<String, String> args) {

  private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public BuildSpec {
    args = Collections.unmodifiableMap(new TreeMap<>(args));
  }

  private static String value(Value value, String name) {
    if (!ARGUMENT.matcher(name).matches()) {
      value.problem("is no name of a build argument; letters, digits and '_' make one");
    }
    return value.anyText("");
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
        map.entries().keySet().forEach(name -> args.put(name, value(given.at(name), name)));
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
