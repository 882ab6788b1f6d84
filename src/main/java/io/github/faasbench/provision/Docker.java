package io.github.faasbench.provision;

import io.github.faasbench.provision.ProcessRunner.Command;
import io.github.faasbench.provision.ProcessRunner.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** This machine's {@code docker} command, and what its failures mean to the user. */
final class Docker {

  private static final Duration QUICK = Duration.ofSeconds(60);

  private final ProcessRunner runner;

  Docker(ProcessRunner runner) {
    this.runner = runner;
  }

  /** The output lines of a command that must succeed and ends soon. */
  List<String> lines(String... arguments) throws ProvisionException, InterruptedException {
    return must(command(QUICK, arguments)).output();
  }

  /** A command that must succeed and ends soon, whose lines are told as they come. */
  void watched(Consumer<String> lines, String... arguments)
      throws ProvisionException, InterruptedException {
    must(command(QUICK, arguments).with(Map.of(), lines));
  }

  /** A command that may fail, such as a question for something that may be absent. */
  Outcome attempt(String... arguments) throws ProvisionException, InterruptedException {
    Outcome outcome = runner.run(command(QUICK, arguments));
    if (outcome.notFound() || engineIsAway(outcome)) {
      throw failure(command(QUICK, arguments), outcome);
    }
    return outcome;
  }

  static Command command(Duration limit, String... arguments) {
    var words = new ArrayList<>(List.of("docker"));
    words.addAll(List.of(arguments));
    return Command.of(limit, words);
  }

  Outcome must(Command command) throws ProvisionException, InterruptedException {
    Outcome outcome = runner.run(command);
    if (!outcome.ok()) {
      throw failure(command, outcome);
    }
    return outcome;
  }

  /**
   * Long work, such as a build, that tells its lines and how long it has taken.
   *
   * @param what it is, for the user
   * @param environment variables beside those of this process
   */
  Outcome must(
      String what, Command command, Map<String, String> environment, Consumer<String> lines)
      throws ProvisionException, InterruptedException {
    try (Heartbeat heartbeat = new Heartbeat(what, Heartbeat.EVERY, lines)) {
      return must(command.with(environment, heartbeat));
    }
  }

  /**
   * Newer clients build with a plug-in, buildx, that distributions leave out; without it the
   * engine's own builder does it, when asked. Whoever sets DOCKER_BUILDKIT is obeyed.
   */
  Map<String, String> builder() throws InterruptedException {
    if (System.getenv("DOCKER_BUILDKIT") != null
        || runner.run(command(QUICK, "buildx", "version")).ok()) {
      return Map.of();
    }
    return Map.of("DOCKER_BUILDKIT", "0", "COMPOSE_DOCKER_CLI_BUILD", "0");
  }

  /** {@code docker compose}, or {@code docker-compose} where only that is installed. */
  List<String> compose() throws ProvisionException, InterruptedException {
    if (runner.run(command(QUICK, "compose", "version")).ok()) {
      return List.of("docker", "compose");
    }
    Outcome old = runner.run(Command.of(QUICK, List.of("docker-compose", "--version")));
    if (old.ok()) {
      return List.of("docker-compose");
    }
    throw ProvisionException.unreachable(
        "neither `docker compose` nor `docker-compose` works here: nodes can't be brought up;"
            + " install one (Debian: apt-get install docker-compose; others:"
            + " https://docs.docker.com/compose/install), or list running nodes and leave out the"
            + " key `cluster`");
  }

  static ProvisionException failure(Command command, Outcome outcome) {
    if (outcome.notFound()) {
      return ProvisionException.unreachable(
          "`"
              + command.words().get(0)
              + "` is not installed here: install Docker (Debian, Ubuntu: nodes/prepare-engine.sh;"
              + " others: https://docs.docker.com/engine/install)");
    }
    String tail = String.join("\n  ", outcome.tail());
    String end =
        outcome.timedOut()
            ? "was ended after its limit of " + command.limit().toSeconds() + " s"
            : "failed with exit code " + outcome.exitCode();
    String text = "`" + command + "` " + end + (tail.isEmpty() ? "" : ":\n  " + tail);
    return ProvisionException.unreachable(text + "\n" + remedy(outcome));
  }

  private static String remedy(Outcome outcome) {
    String tail = String.join("\n", outcome.tail());
    if (tail.contains("permission denied") && tail.contains("docker.sock")) {
      return "This user may not use Docker's socket: join the group `docker` and log in anew.";
    }
    if (engineIsAway(outcome)) {
      return "Start the Docker engine (systemctl start docker, or nodes/prepare-engine.sh).";
    }
    if (tail.contains("address already in use") || tail.contains("port is already allocated")) {
      return "A port is taken: end what uses it, or set FAASBENCH_REGISTRY_PORT or"
          + " FAASBENCH_SSH_PORT_1 … _4.";
    }
    if (tail.contains("no space left")) {
      return "The disk is full: make room (docker system df shows what Docker holds).";
    }
    return "Run the command by hand to see all of its output.";
  }

  private static boolean engineIsAway(Outcome outcome) {
    return !outcome.ok()
        && outcome.tail().stream()
            .anyMatch(
                line ->
                    line.contains("Cannot connect to the Docker daemon")
                        || line.contains("Couldn't connect to Docker daemon")
                        || line.contains("docker.sock"));
  }
}
