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
 * @param context the folder whose files the build may use; relative to the working directory first,
 *     then to the experiment file's folder
 * @param dockerfile a file in that folder, relative to it
 * @param args build arguments
 */
public record BuildSpec(String context, String dockerfile, Map<String, String> args) {

  /** What Docker takes unless told otherwise. */
  public static final String DOCKERFILE = "Dockerfile";

  private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public BuildSpec {
    args = Collections.unmodifiableMap(new TreeMap<>(args));
  }

  /** From the folder's own Dockerfile. */
  public BuildSpec(String context, Map<String, String> args) {
    this(context, DOCKERFILE, args);
  }

  /** The Dockerfile within a context folder; empty: there is none, or it is not inside. */
  public static Optional<Path> dockerfile(Path context, String name) {
    Path file = context.resolve(name).normalize();
    return file.startsWith(context.normalize()) && Files.isRegularFile(file)
        ? Optional.of(file)
        : Optional.empty();
  }

  private static String value(Value value, String name) {
    if (!ARGUMENT.matcher(name).matches()) {
      value.problem("is no name of a build argument; letters, digits and '_' make one");
    }
    return value.anyText("");
  }

  /**
   * From {@code build: FOLDER} or {@code build: {context: FOLDER, dockerfile: FILE, args: {NAME:
   * VALUE}}}.
   */
  static Optional<BuildSpec> read(Value build, Function<String, Path> resolve) {
    if (!build.present()) {
      return Optional.empty();
    }
    Value context = build;
    String dockerfile = DOCKERFILE;
    var args = new TreeMap<String, String>();
    if (build.isMap()) {
      build.map(List.of("context", "dockerfile", "args"));
      context = build.at("context").required();
      dockerfile = build.at("dockerfile").text(DOCKERFILE);
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
    String file = dockerfile == null ? DOCKERFILE : dockerfile;
    context.path(resolve, path -> dockerfile(path, file).isPresent(), "no " + file + " in ");
    return Optional.of(new BuildSpec(folder, file, args));
  }
}
