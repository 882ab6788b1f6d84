package io.github.faasbench.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One node of the experiment file.
 *
 * @param name unique; what the CSV's {@code node} column shows
 * @param host host name or address of its SSH server; empty: simulated, without login
 * @param port TCP port of the SSH server; 0: not stated, the SSH configuration's, else 22
 * @param user login name; empty: not stated, the SSH configuration's
 * @param login what lets in, and how the node is known
 * @param cpu the node's cores, as the file states them (NaN: not stated; simulated ones have it)
 * @param memoryBytes the node's memory, as the file states it (0: not stated, without limit)
 * @param weight for weighted policies
 * @param limits what only simulated nodes have
 */
public record NodeSpec(
    String name,
    String host,
    int port,
    String user,
    Login login,
    double cpu,
    long memoryBytes,
    double weight,
    Limits limits) {

  /**
   * What lets in to a node, and how it is known.
   *
   * @param identity path of the private key, as written; empty: the agent's keys, the usual files
   *     in {@code ~/.ssh}, or {@code passwordEnv}
   * @param passphraseEnv name of the environment variable that holds the key's passphrase
   * @param passwordEnv name of the environment variable that holds the password; never the password
   * @param hostKey fingerprint {@code SHA256:…} to insist on, or {@code off}; empty: trust on first
   *     use
   * @param jump hosts to go through, the first one first, each {@code [user@]host[:port]}; empty:
   *     the SSH configuration's
   * @param sshConfig path of the OpenSSH configuration in which {@code host} is looked up, as
   *     written, or {@code off}; empty: {@code ~/.ssh/config} where there is one
   */
  public record Login(
      Optional<String> identity,
      Optional<String> passphraseEnv,
      Optional<String> passwordEnv,
      Optional<String> hostKey,
      List<String> jump,
      Optional<String> sshConfig) {
    /** Nothing stated. */
    public static final Login NONE =
        new Login(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    public Login {
      jump = List.copyOf(jump);
    }

    /** With a private key. */
    public Login identity(String path) {
      Optional<String> key = Optional.of(path);
      return new Login(key, passphraseEnv, passwordEnv, hostKey, jump, sshConfig);
    }

    /** The same without a private key: the agent's, else the usual ones. */
    public Login withoutIdentity() {
      Optional<String> none = Optional.empty();
      return new Login(none, none, passwordEnv, hostKey, jump, sshConfig);
    }

    /** With the private key's passphrase in an environment variable. */
    public Login passphraseEnv(String variable) {
      Optional<String> passphrase = Optional.of(variable);
      return new Login(identity, passphrase, passwordEnv, hostKey, jump, sshConfig);
    }

    /** With a password in an environment variable. */
    public Login passwordEnv(String variable) {
      Optional<String> password = Optional.of(variable);
      return new Login(identity, passphraseEnv, password, hostKey, jump, sshConfig);
    }

    /** With a fingerprint, or {@code off}. */
    public Login hostKey(String fingerprint) {
      Optional<String> key = Optional.of(fingerprint);
      return new Login(identity, passphraseEnv, passwordEnv, key, jump, sshConfig);
    }

    /** Through these hosts. */
    public Login jump(List<String> hosts) {
      return new Login(identity, passphraseEnv, passwordEnv, hostKey, hosts, sshConfig);
    }

    /** By this OpenSSH configuration, or {@code off}. */
    public Login sshConfig(String path) {
      Optional<String> config = Optional.of(path);
      return new Login(identity, passphraseEnv, passwordEnv, hostKey, jump, config);
    }
  }

  /**
   * Limits of a simulated node.
   *
   * @param slots most calls that run at once; {@link Integer#MAX_VALUE}: unlimited
   * @param bandwidthBytes per second, for image pulls; 0: not given
   * @param whenFull what becomes of a call for which there is no slot or no memory
   */
  public record Limits(int slots, long bandwidthBytes, WhenFull whenFull) {
    /** None. */
    public static final Limits NONE = new Limits(Integer.MAX_VALUE, 0, WhenFull.QUEUE);
  }

  /** What a simulated node does with a call that it has no room for. */
  public enum WhenFull {
    /** It waits on the node, first in first out. */
    QUEUE,
    /** It is rejected. */
    REJECT
  }

  /** That many nodes like this one, named so that names sort in order: node-01 to node-12. */
  static List<NodeSpec> copies(NodeSpec node, int count) {
    int digits = String.valueOf(count).length();
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> node.named("node-" + zeros(digits, number) + number))
        .toList();
  }

  private static String zeros(int digits, int number) {
    return "0".repeat(digits - String.valueOf(number).length());
  }

  private NodeSpec named(String other) {
    return new NodeSpec(other, host, port, user, login, cpu, memoryBytes, weight, limits);
  }
}
