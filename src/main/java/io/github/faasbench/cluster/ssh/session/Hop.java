package io.github.faasbench.cluster.ssh.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One host on the way to a node, the node itself the last: all that a login there needs.
 *
 * @param name as the experiment or the configuration names it
 * @param host name or address to connect to
 * @param knownAs how {@code known_hosts} has it
 * @param alias what stands for the host in {@code known_hosts} (HostKeyAlias)
 * @param hostKey fingerprint to insist on, or {@code off}
 * @param knownHosts files that are read beside {@code .faasbench/known_hosts}
 * @param strict whether an unknown host key is refused and not trusted on first use
 * @param passwordEnv variable with the password, which is used in place of keys
 * @param aliveSeconds silence after which the host is asked for a sign of life
 * @param aliveCount questions without answer after which it counts as lost
 * @param connectSeconds longest time for a step of connecting
 */
record Hop(
    String name,
    String host,
    int port,
    String user,
    String knownAs,
    Optional<String> alias,
    Optional<String> hostKey,
    List<Path> knownHosts,
    boolean strict,
    Keys keys,
    Optional<String> passwordEnv,
    int aliveSeconds,
    int aliveCount,
    int connectSeconds) {

  /**
   * Which keys are offered.
   *
   * @param files private keys
   * @param named whether the experiment or the configuration names them, or they are the usual ones
   * @param only whether no other key of the agent is offered
   * @param passphraseEnv variable with the first file's passphrase
   * @param agent the agent's socket
   */
  record Keys(
      List<Path> files,
      boolean named,
      boolean only,
      Optional<String> passphraseEnv,
      Optional<Path> agent) {}

  String address() {
    return host + ":" + port;
  }

  String login() {
    return user + "@" + address();
  }
}
