package io.github.faasbench.cluster.ssh.session;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The algorithms that are offered, best first: no SHA-1, no CBC, no 3DES, no DSA, no Diffie-Hellman
 * group below 2048 bits. They are written out here, so that neither the library's defaults nor
 * system properties nor an SSH configuration decide. chacha20-poly1305 is left out: it would need
 * Bouncy Castle, and is what Terrapin (CVE-2023-48795) attacks.
 */
final class Algorithms {

  private static final List<String> KEY_EXCHANGE =
      List.of(
          "mlkem768x25519-sha256", // from Java 24 on
          "curve25519-sha256",
          "curve25519-sha256@libssh.org",
          "ecdh-sha2-nistp256",
          "ecdh-sha2-nistp384",
          "ecdh-sha2-nistp521",
          "diffie-hellman-group-exchange-sha256",
          "diffie-hellman-group16-sha512",
          "diffie-hellman-group18-sha512",
          "diffie-hellman-group14-sha256");
  private static final List<String> CIPHERS =
      List.of(
          "aes128-gcm@openssh.com",
          "aes256-gcm@openssh.com",
          "aes128-ctr",
          "aes192-ctr",
          "aes256-ctr");
  private static final List<String> ENCRYPT_THEN_MAC =
      List.of("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com");
  private static final List<String> PLAIN_MACS = List.of("hmac-sha2-256", "hmac-sha2-512");
  private static final List<String> SIGNATURES =
      List.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "rsa-sha2-512",
          "rsa-sha2-256");
  private static final String CERTIFICATE = "-cert-v01@openssh.com";

  private Algorithms() {}

  /**
   * Sets what a session offers.
   *
   * @param certificates whether host certificates can be judged
   * @param without types of host keys that are not wanted
   * @param strict whether the key exchange must be strict; where it need not be, no MAC of the
   *     encrypted text is offered, since Terrapin could cut such a connection short unseen
   */
  static void offer(Session session, boolean certificates, Set<String> without, boolean strict) {
    List<String> hostKeys = new ArrayList<>();
    if (certificates) {
      SIGNATURES.forEach(name -> hostKeys.add(name + CERTIFICATE));
    }
    hostKeys.addAll(SIGNATURES);
    hostKeys.removeIf(name -> without.contains(keyType(name)));
    List<String> macs = new ArrayList<>(strict ? ENCRYPT_THEN_MAC : List.of());
    macs.addAll(PLAIN_MACS);
    set(session, KEY_EXCHANGE, "kex");
    set(session, hostKeys, "server_host_key");
    set(session, CIPHERS, "cipher.c2s", "cipher.s2c");
    set(session, macs, "mac.c2s", "mac.s2c");
    set(session, List.of("none"), "compression.c2s", "compression.s2c");
    set(session, SIGNATURES, "PubkeyAcceptedAlgorithms", "ca_signature_algorithms");
    session.setConfig("enable_strict_kex", "yes");
    session.setConfig("require_strict_kex", strict ? "yes" : "no");
    session.setConfig("dhgex_min", "2048");
    session.setConfig("prefer_known_host_key_types", "yes");
    session.setConfig("host_certificate_to_key_fallback", "no");
  }

  /** Whether a type of host key is left to ask for. */
  static boolean left(Set<String> without) {
    return SIGNATURES.stream().anyMatch(name -> !without.contains(keyType(name)));
  }

  /** A server that has none of them, for the user. */
  static String explain(JSchAlgoNegoFailException e) {
    String kind =
        switch (e.getAlgorithmName()) {
          case "kex" -> "key exchange algorithms";
          case "server_host_key" -> "host key algorithms";
          case "cipher.c2s", "cipher.s2c" -> "ciphers";
          case "mac.c2s", "mac.s2c" -> "MACs";
          default -> e.getAlgorithmName() + " algorithms";
        };
    return "its SSH server offers only "
        + kind
        + " that are too old or not known here ("
        + e.getServerProposal()
        + "); faasbench takes "
        + e.getJSchProposal().replaceAll(",(ext-info-c|kex-strict-c-v00@openssh.com)", "")
        + "; update the node's SSH server, or let its sshd_config offer one of these";
  }

  /** The type of key that an algorithm signs with. */
  private static String keyType(String algorithm) {
    String plain = algorithm.replace(CERTIFICATE, "");
    return plain.startsWith("rsa-sha2-") ? "ssh-rsa" : plain;
  }

  private static void set(Session session, List<String> names, String... keys) {
    for (String key : keys) {
      session.setConfig(key, String.join(",", names));
    }
  }
}
