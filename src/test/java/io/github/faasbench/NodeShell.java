package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What this machine's Docker does to the nodes that the tool made, past the tool. */
public final class NodeShell {

  static final List<Integer> ALL = List.of(1, 2, 3, 4);

  private static final String LABELLED =
      "docker ps -aq --filter label=io.github.faasbench.run | sort";

  /** Processes in containers on the node, which have a namespace of their own. */
  private static final String STRAY =
      "for p in /proc/[0-9]*; do n=$(readlink $p/ns/pid) || continue;"
          + " [ \"$n\" = \"$(readlink /proc/self/ns/pid)\" ] || cat $p/comm; done 2>/dev/null";

  private NodeShell() {}

  /** Runs a script on a node, as root; it must succeed. */
  static String on(int node, String script) throws Exception {
    return docker(
        "exec", container("io.github.faasbench.node=ssh_node_" + node), "sh", "-c", script);
  }

  static String registry() throws Exception {
    return container("io.github.faasbench.registry=1");
  }

  private static String container(String label) throws Exception {
    String project = "label=com.docker.compose.project=faasbench";
    String profile = label.contains("registry") ? label : "io.github.faasbench.profile=isolated";
    return docker(
        "ps",
        "-aq",
        "--filter",
        project,
        "--filter",
        "label=" + label,
        "--filter",
        "label=" + profile);
  }

  static String docker(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes()).strip();
    assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
    return output;
  }

  /** Waits until a function's process runs there. */
  public static void awaitProcess(int node, String commandLine) throws Exception {
    int last = commandLine.length() - 1; // as a set of letters, or the search would find itself
    String pattern = commandLine.substring(0, last) + "[" + commandLine.charAt(last) + "]";
    on(
        node,
        "for i in $(seq 600); do cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"
            + " | grep -q '"
            + pattern
            + "' && exit 0; sleep 0.1; done; echo no process "
            + pattern
            + "; exit 1");
  }

  /** Nothing of a run is there: no labelled container, and no process of one. */
  static void assertNothingIsLeft() throws Exception {
    for (int node : ALL) {
      assertThat(on(node, LABELLED)).as("containers left on node %s", node).isEmpty();
      String stray = on(node, STRAY);
      for (int i = 0; !stray.isEmpty() && i < 20; i++) { // the kernel reaps what was just killed
        TimeUnit.MILLISECONDS.sleep(100);
        stray = on(node, STRAY);
      }
      assertThat(stray).as("processes left on node %s", node).isEmpty();
    }
  }

  /** Names of images, with their ids. */
  static String images(int node) throws Exception {
    return on(node, "docker images --no-trunc --format '{{.Repository}}:{{.Tag}} {{.ID}}' | sort");
  }
}
