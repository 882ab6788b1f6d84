package io.github.faasbench.provision;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A container of the compose project: a node, or a helper such as the registry.
 *
 * @param id the container's id
 * @param name the node's name, from its label; the compose service where it has none
 * @param state the engine's word: {@code running}, {@code exited}, …
 * @param profile {@code isolated} or {@code shared}; empty for a helper
 * @param folder the folder of the compose file that made it
 * @param host address on which its SSH server is published; empty for a helper
 * @param port port of it; 0 for a helper
 * @param image the image's name
 * @param environment its environment, as JSON; may hold keys, never printed
 */
public record NodeContainer(
    String id,
    String name,
    String state,
    String profile,
    String folder,
    String host,
    int port,
    String image,
    String environment) {

  private static final String FORMAT =
      String.join(
          "{{\"\\t\"}}",
          "{{.Id}}",
          label("com.docker.compose.service"),
          "{{.State.Status}}",
          label("com.docker.compose.project.working_dir"),
          label("io.github.faasbench.node"),
          label("io.github.faasbench.profile"),
          "{{range index .NetworkSettings.Ports \"22/tcp\"}}{{.HostIp}} {{.HostPort}},{{end}}",
          "{{range index .HostConfig.PortBindings \"22/tcp\"}}{{.HostIp}} {{.HostPort}},{{end}}",
          "{{.Config.Image}}",
          "{{json .Config.Env}}");

  private static String label(String name) {
    return "{{index .Config.Labels \"" + name + "\"}}";
  }

  /** The containers of a compose project, running or not, by name. */
  static List<NodeContainer> of(String project, Docker docker)
      throws ProvisionException, InterruptedException {
    List<String> ids =
        docker.lines(
            "ps", "-aq", "--no-trunc", "--filter", "label=com.docker.compose.project=" + project);
    if (ids.isEmpty()) {
      return List.of();
    }
    var words = new ArrayList<>(List.of("inspect", "--type", "container", "--format", FORMAT));
    words.addAll(ids);
    return docker.lines(words.toArray(String[]::new)).stream()
        .filter(line -> !line.isBlank())
        .map(NodeContainer::parse)
        .sorted(java.util.Comparator.comparing(NodeContainer::name))
        .toList();
  }

  private static NodeContainer parse(String line) {
    String[] words =
        Stream.of(line.split("\t", -1))
            .map(word -> word.equals("<no value>") ? "" : word)
            .toArray(String[]::new);
    String binding = words[6].isBlank() ? words[7] : words[6];
    String[] address = binding.isBlank() ? new String[0] : binding.split(",")[0].split(" ", -1);
    boolean node = address.length == 2;
    return new NodeContainer(
        words[0],
        words[4].isEmpty() ? words[1] : words[4],
        words[2],
        words[5],
        words[3],
        node ? host(address[0]) : "",
        node && !address[1].isEmpty() ? Integer.parseInt(address[1]) : 0,
        words[8],
        words[9]);
  }

  private static String host(String bound) {
    return bound.isEmpty() || bound.equals("0.0.0.0") || bound.equals("::") ? "127.0.0.1" : bound;
  }

  /** Whether it is a node: something with an SSH server. */
  public boolean node() {
    return !host.isEmpty();
  }

  public boolean running() {
    return state.equals("running");
  }
}
