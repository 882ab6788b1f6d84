package io.github.faasbench.provision;

import io.github.faasbench.experiment.ClusterSpec;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.provision.ProcessRunner.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The nodes of a compose file on this machine: brings them up, says how they are, ends them. */
public final class ComposeNodes {

  /** The compose project of all nodes that faasbench brings up. */
  public static final String PROJECT = "faasbench";

  private static final Duration COMPOSE_LIMIT = Duration.ofMinutes(30);
  private static final Duration DOWN_LIMIT = Duration.ofMinutes(5);
  private static final String FILES =
      "{{index .Config.Labels \"com.docker.compose.project.config_files\"}}";
  private static final List<String> PROFILES = List.of("isolated", "shared");

  private final Docker docker;
  private final String project;
  private final Path file;
  private final String profile;

  /**
   * @param spec compose file and profile
   * @param experimentFile beside which the compose file may lie
   * @param project the compose project's name, {@link #PROJECT} but for tests
   */
  public ComposeNodes(
      ClusterSpec spec, Optional<Path> experimentFile, String project, ProcessRunner runner)
      throws ProvisionException {
    this.docker = new Docker(runner);
    this.project = project;
    this.file = Places.find(spec.compose(), experimentFile, "the compose file");
    this.profile = spec.profile();
  }

  private ComposeNodes(Docker docker, String project, Path file) {
    this.docker = docker;
    this.project = project;
    this.file = file;
    this.profile = "";
  }

  /**
   * The nodes that let in the key, to be looked at or ended, whatever file brought them up.
   *
   * @param project the compose project's name, {@link #PROJECT} but for tests
   * @return empty when no such node is there
   */
  public static Optional<ComposeNodes> lettingIn(
      String publicKey, String project, ProcessRunner runner)
      throws ProvisionException, InterruptedException {
    var docker = new Docker(runner);
    for (NodeContainer node : NodeContainer.of(project, docker)) {
      if (node.node() && node.environment().contains(publicKey)) {
        String files = String.join("", docker.lines("inspect", "--format", FILES, node.id()));
        Path file = Path.of(node.folder()).resolve(files.strip().split(",")[0]);
        return Optional.of(new ComposeNodes(docker, project, file));
      }
    }
    return Optional.empty();
  }

  /**
   * What {@link #up} did.
   *
   * @param started false: all were up already, nothing was done
   * @param imagesMade names of the images that were not there before
   */
  public record Up(boolean started, List<NodeContainer> nodes, Set<String> imagesMade) {}

  /** Every container of the project, running or not, the registry among them. */
  public List<NodeContainer> status() throws ProvisionException, InterruptedException {
    return NodeContainer.of(project, docker);
  }

  /**
   * Brings the nodes up, unless they are, and waits until each answers.
   *
   * @param wanted the experiment's nodes; those on this machine must be among the compose file's
   * @param publicKey the key that the nodes let in
   * @param readyLimit how long to wait for the nodes once their containers have started
   * @param progress gets one line for each step
   */
  public Up up(
      List<NodeSpec> wanted, String publicKey, Duration readyLimit, Consumer<String> progress)
      throws ProvisionException, InterruptedException {
    List<NodeContainer> before = status();
    refuseOthers(before);
    if (complete(before, wanted, publicKey) && NodeReadiness.all(before)) {
      return new Up(false, nodes(before), Set.of());
    }
    Set<String> images = imageNames();
    progress.accept("bringing up the nodes of " + file + " (profile " + profile + ")");
    Map<String, String> environment = new HashMap<>(docker.builder());
    environment.put("FAASBENCH_AUTHORIZED_KEY", publicKey);
    var words = new ArrayList<>(composeWords(List.of(profile)));
    words.addAll(List.of("up", "-d", "--build"));
    docker.must("docker compose up", command(COMPOSE_LIMIT, words), environment, progress);

    List<NodeContainer> after = new NodeReadiness(docker).await(this::status, readyLimit, progress);
    requireListed(after, wanted);
    Set<String> made = new HashSet<>();
    after.forEach(container -> made.add(container.image()));
    made.removeAll(images);
    return new Up(true, nodes(after), made);
  }

  /**
   * Ends the nodes with their volumes and networks.
   *
   * @return what was taken down, by name; empty when nothing was up
   */
  public List<String> down(Consumer<String> progress)
      throws ProvisionException, InterruptedException {
    List<NodeContainer> before = status();
    refuseOtherFolder(before);
    String label = "label=com.docker.compose.project=" + project;
    if (before.isEmpty() && docker.lines("volume", "ls", "-q", "--filter", label).isEmpty()) {
      return List.of();
    }
    if (!Files.isRegularFile(file)) {
      throw ProvisionException.mistake(
          file + ", which brought the nodes up, is gone: end them by " + removal());
    }
    var words = new ArrayList<>(composeWords(PROFILES));
    words.addAll(List.of("down", "--volumes", "--remove-orphans"));
    Map<String, String> environment = Map.of("FAASBENCH_AUTHORIZED_KEY", "none");
    docker.must(command(DOWN_LIMIT, words).with(environment, progress));
    return before.stream().map(NodeContainer::name).toList();
  }

  /**
   * One line of {@code known_hosts}, without its host.
   *
   * @param key type and key, {@code ssh-ed25519 AAAA…}
   */
  public record HostKey(String host, int port, String key) {}

  /** The host keys of running nodes, read through the engine and not over the network. */
  public List<HostKey> hostKeys(List<NodeContainer> nodes)
      throws ProvisionException, InterruptedException {
    var keys = new ArrayList<HostKey>();
    for (NodeContainer node : nodes) {
      String line =
          String.join(
              "", docker.lines("exec", node.id(), "cat", "/etc/ssh/ssh_host_ed25519_key.pub"));
      String[] words = line.strip().split("\\s+");
      if (words.length < 2 || !words[0].equals("ssh-ed25519")) {
        throw ProvisionException.unreachable(
            "node " + node.name() + " shows no ed25519 host key at /etc/ssh: `" + line + "`");
      }
      keys.add(new HostKey(node.host(), node.port(), words[0] + " " + words[1]));
    }
    return keys;
  }

  /** The command that takes down what a folder's compose file brought up. */
  static String downCommand(String folder) {
    return "cd " + folder + " && ./faasbench nodes down";
  }

  private String removal() {
    return "docker rm -f -v $(docker ps -aq --filter label=com.docker.compose.project="
        + project
        + ")";
  }

  private void refuseOthers(List<NodeContainer> containers) throws ProvisionException {
    refuseOtherFolder(containers);
    for (NodeContainer container : containers) {
      if (!container.profile().isEmpty() && !container.profile().equals(profile)) {
        throw ProvisionException.mistake(
            "nodes of profile "
                + container.profile()
                + " are up and the experiment asks for "
                + profile
                + ": take them down first: ./faasbench nodes down");
      }
    }
  }

  private void refuseOtherFolder(List<NodeContainer> containers) throws ProvisionException {
    String own = file.getParent().toString();
    for (NodeContainer container : containers) {
      if (!container.folder().isEmpty() && !container.folder().equals(own)) {
        throw ProvisionException.mistake(
            "nodes of another folder ("
                + container.folder()
                + ") are there, and use the same names and ports: take them down first: "
                + downCommand(container.folder())
                + "  (if that folder is gone: "
                + removal()
                + ")");
      }
    }
  }

  /** Whether everything runs that the experiment asks for, with our key. */
  private boolean complete(
      List<NodeContainer> containers, List<NodeSpec> wanted, String publicKey) {
    List<NodeContainer> nodes = nodes(containers);
    return !nodes.isEmpty()
        && containers.stream().allMatch(NodeContainer::running)
        && nodes.stream().allMatch(node -> node.environment().contains(publicKey))
        && wanted.stream().allMatch(spec -> elsewhere(spec) || listed(spec, nodes));
  }

  private void requireListed(List<NodeContainer> containers, List<NodeSpec> wanted)
      throws ProvisionException {
    List<NodeContainer> nodes = nodes(containers);
    for (NodeSpec spec : wanted) {
      if (!elsewhere(spec) && !listed(spec, nodes)) {
        throw ProvisionException.mistake(
            "node "
                + spec.name()
                + " of the experiment is at "
                + spec.host()
                + ":"
                + spec.port()
                + ", and "
                + file
                + " publishes "
                + String.join(
                    ", ", nodes.stream().map(node -> node.host() + ":" + node.port()).toList())
                + ": correct one of them");
      }
    }
  }

  private static boolean listed(NodeSpec spec, List<NodeContainer> nodes) {
    return nodes.stream().anyMatch(node -> node.port() == spec.port());
  }

  private static boolean elsewhere(NodeSpec spec) {
    return !Loopback.is(spec.host());
  }

  private static List<NodeContainer> nodes(List<NodeContainer> containers) {
    return containers.stream().filter(NodeContainer::node).toList();
  }

  private Set<String> imageNames() throws ProvisionException, InterruptedException {
    var names = new HashSet<String>();
    for (String name : docker.lines("image", "ls", "--format", "{{.Repository}}:{{.Tag}}")) {
      names.add(name);
      // Compose files leave the tag out.
      names.add(name.replaceFirst(":latest$", ""));
    }
    return names;
  }

  private List<String> composeWords(List<String> profiles)
      throws ProvisionException, InterruptedException {
    var words = new ArrayList<>(docker.compose());
    words.addAll(List.of("-p", project, "-f", file.toString()));
    profiles.forEach(name -> words.addAll(List.of("--profile", name)));
    return words;
  }

  private static Command command(Duration limit, List<String> words) {
    return Command.of(limit, words);
  }
}
