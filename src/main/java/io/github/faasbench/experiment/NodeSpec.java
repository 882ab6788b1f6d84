package io.github.faasbench.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One node of the experiment file.
 *
 * @param name unique; what the CSV's {@code node} column shows
 * @param host host name or address of its SSH server; empty: simulated, without login
 * @param port TCP port of the SSH server
 * @param user login name
 * @param identity path of the private key, as written; empty: the agent or {@code passwordEnv}
 * @param passwordEnv name of the environment variable that holds the password; never the password
 * @param hostKey fingerprint {@code SHA256:…} to insist on, or {@code off}; empty: trust on first
 *     use
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
    Optional<String> identity,
    Optional<String> passwordEnv,
    Optional<String> hostKey,
    double cpu,
    long memoryBytes,
    double weight,
    Limits limits) {

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
    return new NodeSpec(
        other, host, port, user, identity, passwordEnv, hostKey, cpu, memoryBytes, weight, limits);
  }
}
