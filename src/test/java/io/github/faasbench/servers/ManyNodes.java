package io.github.faasbench.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.concurrent.Executors;

/**
 * Many {@link PretendNode}s in one process, for {@code bench/many-nodes}: writes an experiment on
 * them and lives until its standard input ends. Arguments: how many, the experiment's file, and
 * perhaps what the first one does not answer, as a regular expression.
 */
public final class ManyNodes {
  private ManyNodes() {}

  public static void main(String[] args) throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    var key = keys.generateKeyPair();
    var threads = Executors.newCachedThreadPool();
    StringBuilder nodes = new StringBuilder();
    for (int i = 1; i <= Integer.parseInt(args[0]); i++) {
      PretendNode node = new PretendNode(i, key, threads);
      if (i == 1 && args.length > 2) {
        node.leaveUnanswered(args[2]);
      }
      int port = node.port();
      nodes.append(
          "  - {name: n%d, host: 127.0.0.1, port: %d, user: u, passwordEnv: NODE_PASSWORD, hostKey: off}%n"
              .formatted(i, port));
    }
    write(Path.of(args[1]), nodes.toString());
    System.out.println("ready");
    while (System.in.read() >= 0) {
      continue;
    }
    System.exit(0);
  }

  private static void write(Path file, String nodes) throws IOException {
    String experiment =
        """
        name: many-nodes
        seed: 1
        nodes:
        %sfunctions:
          - {name: f, image: pretended, command: ["true"], args: ["1"], resident: [pretended]}
        policy: round-robin
        warming: resident
        warmReplicas: all
        workload: {closed: {clients: %d}}
        busy: wait
        invocations: 20000
        """
            .formatted(nodes, nodes.lines().count());
    Files.writeString(file, experiment, StandardCharsets.UTF_8);
  }
}
