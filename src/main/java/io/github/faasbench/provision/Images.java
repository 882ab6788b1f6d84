package io.github.faasbench.provision;

import io.github.faasbench.experiment.BuildSpec;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.provision.ProcessRunner.Command;
import io.github.faasbench.provision.ProcessRunner.Outcome;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Builds the functions' images on this machine and pushes them to their registry, when they are
 * absent there or what they are built from has changed.
 *
 * <p>An image that was pushed does not stay on this machine: with the nodes' profile {@code shared}
 * this machine's engine is every node's engine, and an image left there would make a cold start
 * warm.
 */
public final class Images {

  /** The image label that holds the hash of context and arguments. */
  public static final String CONTEXT_LABEL = "io.github.faasbench.context";

  private static final Duration BUILD_LIMIT = Duration.ofMinutes(60);
  private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(30);

  private final ProcessRunner runner;
  private final Docker docker;
  private final Registry registry = new Registry();
  private final Optional<Path> experimentFile;
  private final Map<String, String> environment;

  /**
   * @param experimentFile beside whose folder build contexts may lie
   * @param environment the process's environment: FAASBENCH_BASE becomes the build argument BASE
   */
  public Images(
      Optional<Path> experimentFile, Map<String, String> environment, ProcessRunner runner) {
    this.runner = runner;
    this.docker = new Docker(runner);
    this.experimentFile = experimentFile;
    this.environment = Map.copyOf(environment);
  }

  /**
   * What became of one function's image.
   *
   * @param built false: it was up to date
   * @param kept whether the image stays on this machine, so that {@code clean --all} must remove it
   */
  public record Provided(String function, String image, boolean built, boolean kept) {}

  /**
   * Provides the image of every function that has a {@code build}; functions may share one.
   *
   * @param progress gets one line for each step
   */
  public List<Provided> provide(List<FunctionSpec> functions, Consumer<String> progress)
      throws ProvisionException, InterruptedException {
    var done = new TreeMap<String, Provided>();
    var provided = new ArrayList<Provided>();
    for (FunctionSpec function : functions) {
      if (function.build().isEmpty()) {
        continue;
      }
      BuildSpec build = function.build().get();
      Provided before = done.get(function.image() + " " + build);
      Provided now =
          before == null
              ? provide(function, build, progress)
              : new Provided(function.name(), before.image(), before.built(), before.kept());
      done.put(function.image() + " " + build, now);
      provided.add(now);
    }
    return provided;
  }

  /** Removes an image that faasbench made from this machine; one that is gone is no error. */
  public void remove(String image, Consumer<String> progress)
      throws ProvisionException, InterruptedException {
    Outcome outcome = docker.attempt("image", "rm", image);
    if (outcome.ok()) {
      progress.accept("removed image " + image);
    } else if (outcome.tail().stream().noneMatch(line -> line.contains("No such image"))) {
      throw Docker.failure(Docker.command(Duration.ZERO, "image", "rm", image), outcome);
    }
  }

  /** Whether this machine's engine has the image. */
  public boolean isHere(String image) throws ProvisionException, InterruptedException {
    return docker.attempt("image", "inspect", image).ok();
  }

  /** Pulls the image to this machine. */
  public void fetch(String image) throws ProvisionException, InterruptedException {
    docker.must(Docker.command(TRANSFER_LIMIT, "pull", image));
  }

  /**
   * An image of this machine as an archive for {@code docker load}, as it is read.
   *
   * @throws IOException when it fails, here or while it is read
   */
  public InputStream save(String image) throws IOException {
    // With its tag: without one, all tags of the repository would come along.
    String tagged = ImageName.parse(image).toString();
    return runner.stream(Docker.command(Duration.ZERO, "save", tagged));
  }

  private Provided provide(FunctionSpec function, BuildSpec build, Consumer<String> progress)
      throws ProvisionException, InterruptedException {
    Path context = context(function, build);
    Map<String, String> arguments = arguments(build);
    Path dockerfile = dockerfile(function, build, context);
    String hash = hash(context, build, arguments);
    ImageName name = ImageName.parse(function.image());
    if (upToDate(name, hash)) {
      return new Provided(function.name(), function.image(), false, !name.onLoopback());
    }
    progress.accept("building " + function.image() + " from " + build.context());
    docker.must(
        "docker build",
        Command.of(BUILD_LIMIT, buildWords(function.image(), context, dockerfile, arguments, hash)),
        docker.builder(),
        progress);
    if (name.registry().isEmpty()) {
      return new Provided(function.name(), function.image(), true, true);
    }
    progress.accept("pushing " + function.image());
    docker.must(Docker.command(TRANSFER_LIMIT, "push", function.image()));
    boolean kept = !name.onLoopback() || !forget(function.image(), progress);
    return new Provided(function.name(), function.image(), true, kept);
  }

  /** Takes the pushed image off this machine; a container that uses it may hold it. */
  private boolean forget(String image, Consumer<String> progress)
      throws ProvisionException, InterruptedException {
    Outcome outcome = docker.attempt("image", "rm", image);
    if (!outcome.ok()) {
      progress.accept(image + " stays on this machine: " + String.join(" ", outcome.tail()));
    }
    return outcome.ok();
  }

  /**
   * A registry on this machine is asked for what it holds. Others want credentials that only the
   * docker command has: for them the local image's label tells what was built and pushed last.
   */
  private boolean upToDate(ImageName name, String hash)
      throws ProvisionException, InterruptedException {
    if (name.onLoopback()) {
      return registry.has(name, hash);
    }
    String format = "{{index .Config.Labels \"" + CONTEXT_LABEL + "\"}}";
    Outcome local = docker.attempt("image", "inspect", "--format", format, name.toString());
    if (!local.ok() || !local.output().contains(hash)) {
      return false;
    }
    return name.registry().isEmpty() || docker.attempt("manifest", "inspect", name.toString()).ok();
  }

  private static List<String> buildWords(
      String image, Path context, Path dockerfile, Map<String, String> arguments, String hash) {
    var words = new ArrayList<>(List.of("docker", "build", "--tag", image));
    words.addAll(
        List.of("--label", "io.github.faasbench=1", "--label", CONTEXT_LABEL + "=" + hash));
    arguments.forEach((key, value) -> words.addAll(List.of("--build-arg", key + "=" + value)));
    if (!dockerfile.equals(context.resolve(BuildSpec.DOCKERFILE))) {
      words.addAll(List.of("--file", dockerfile.toString()));
    }
    words.add(context.toString());
    return words;
  }

  private Map<String, String> arguments(BuildSpec build) {
    var arguments = new TreeMap<String, String>();
    Optional.ofNullable(environment.get("FAASBENCH_BASE"))
        .filter(base -> !base.isEmpty())
        .ifPresent(base -> arguments.put("BASE", base));
    arguments.putAll(build.args());
    return arguments;
  }

  private Path context(FunctionSpec function, BuildSpec build) throws ProvisionException {
    return Places.find(build.context(), experimentFile, "function " + function.name() + ": build");
  }

  private static Path dockerfile(FunctionSpec function, BuildSpec build, Path context)
      throws ProvisionException {
    Optional<Path> file = BuildSpec.dockerfile(context, build.dockerfile());
    if (file.isEmpty()) {
      throw ProvisionException.mistake(
          "function " + function.name() + ": there is no " + build.dockerfile() + " in " + context);
    }
    return file.get();
  }

  private static String hash(Path context, BuildSpec build, Map<String, String> arguments)
      throws ProvisionException {
    try {
      return ContextHash.of(context, build.dockerfile(), arguments);
    } catch (IOException e) {
      throw ProvisionException.mistake(
          "the build folder " + context + " can't be read: " + FileErrors.withFile(e));
    }
  }
}
