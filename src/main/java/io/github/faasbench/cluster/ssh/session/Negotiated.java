package io.github.faasbench.cluster.ssh.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session with a node came to.
 *
 * @param login {@code user@host:port}
 * @param through the jump hosts, the first one first
 * @param server the server's version line
 * @param keyExchange algorithm
 * @param strict whether the key exchange was strict, the remedy for Terrapin (CVE-2023-48795)
 * @param cipher algorithm
 * @param mac algorithm; empty: the cipher has its own
 * @param hostKey algorithm and fingerprint of the host's key
 * @param trust why the host key was believed
 * @param authentication method and key
 */
public record Negotiated(
    String login,
    List<String> through,
    String server,
    String keyExchange,
    boolean strict,
    String cipher,
    String mac,
    String hostKey,
    String trust,
    String authentication) {

  /** The host key was not checked. */
  public static final String UNCHECKED = "not checked, hostKey: off";

  /** Marks a key exchange that was not strict. */
  public static final String NOT_STRICT = "not strict";

  /** As facts on the node, for the run's folder and {@code doctor}. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("ssh", login + (through.isEmpty() ? "" : " through " + String.join(", ", through)));
    facts.put("ssh server", server);
    facts.put("login by", authentication);
    facts.put("host key", hostKey);
    facts.put("host key trust", trust);
    facts.put("key exchange", keyExchange + ", " + (strict ? "strict" : NOT_STRICT));
    facts.put("cipher", cipher + (mac.isEmpty() ? ", its own MAC" : ", MAC " + mac));
    return facts;
  }
}
