package io.github.faasbench.cluster.ssh.session;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides on the host key of one connection: known in one of the files, or the fingerprint that the
 * experiment insists on, or trusted on first use. A changed or revoked key always stops. JSch's own
 * modes are not used: its {@code accept-new} and {@code no} connect to a changed key silently. JSch
 * runs with {@code StrictHostKeyChecking=yes} and takes this verdict; host certificates it verifies
 * itself, against the {@code @cert-authority} lines that it gets from here.
 */
final class HostKeyCheck implements HostKeyRepository {
  private final Hop hop;
  private final KnownHosts own;
  private final List<KnownHosts.Entry> entries = new ArrayList<>();
  private final Consumer<String> log;
  private String problem;
  private boolean unexpected;
  private String type = "";
  private String fingerprint = "";
  private String trust = "";

  /**
   * A check for one connection.
   *
   * @param own where new keys are written
   * @throws LoginException when a file of known hosts can't be read
   */
  HostKeyCheck(Hop hop, KnownHosts own, Consumer<String> log) throws LoginException {
    this.hop = hop;
    this.own = own;
    this.log = log;
    try {
      entries.addAll(own.of(hop.knownAs()));
      for (var file : hop.knownHosts()) {
        entries.addAll(KnownHosts.ofUser(file).of(hop.knownAs()));
      }
    } catch (IOException e) {
      throw new LoginException(
          "known_hosts can't be used: "
              + FileErrors.withFile(e)
              + "; check the file and its permissions");
    }
  }

  /** Why the key was refused, for the user; null when it was not. */
  String problem() {
    return problem;
  }

  /** Whether a fingerprint was insisted on and this is another key: the host may have several. */
  boolean unexpected() {
    return unexpected;
  }

  /** The algorithm of the key that the host showed; empty before. */
  String type() {
    return type;
  }

  /** The fingerprint of the key that the host showed; empty before, and for a certificate. */
  String fingerprint() {
    return fingerprint;
  }

  /** Why the key was believed. */
  String trust() {
    return trust;
  }

  /** A certificate was shown, and JSch found it in order. */
  void certified(String algorithm) {
    type = algorithm;
    trust =
        "certificate, signed by an authority of "
            + entries.stream()
                .filter(KnownHosts.Entry::authority)
                .map(KnownHosts.Entry::place)
                .collect(Collectors.joining(", "));
  }

  /** Whether certificates of the host can be judged: a file names who signs them. */
  boolean takesCertificates() {
    return hop.hostKey().isEmpty() && entries.stream().anyMatch(KnownHosts.Entry::authority);
  }

  @Override
  public int check(String host, byte[] key) {
    fingerprint = KnownHosts.fingerprint(key);
    try {
      type = typeOf(key);
      return verdict(key);
    } catch (IOException e) {
      return refuse(
          "known_hosts can't be used: "
              + FileErrors.withFile(e)
              + "; check the file and its permissions");
    }
  }

  private int verdict(byte[] key) throws IOException {
    for (KnownHosts.Entry entry : entries) {
      if (entry.revoked() && Arrays.equals(entry.key(), key)) {
        return refuse(
            "the host key "
                + fingerprint
                + " is marked @revoked in "
                + entry.place()
                + "; don't connect, ask the node's owner for its new key");
      }
    }
    if (hop.hostKey().isPresent()) {
      return pinned(hop.hostKey().get());
    }
    int known = compared(entries, key);
    return known == NOT_INCLUDED ? unknown(key) : known;
  }

  /** NOT_INCLUDED when there is no key to compare with. */
  private int compared(List<KnownHosts.Entry> with, byte[] key) {
    KnownHosts.Entry other = null;
    for (KnownHosts.Entry entry : with) {
      if (entry.plain() && Arrays.equals(entry.key(), key)) {
        return trust("known in " + entry.place());
      }
      if (other == null && entry.plain()) {
        other = entry;
      }
    }
    return other == null ? NOT_INCLUDED : changed(other);
  }

  private int pinned(String wanted) {
    if (wanted.equals("off")) {
      return trust(Negotiated.UNCHECKED);
    }
    if (wanted.replace("=", "").equals(fingerprint)) {
      return trust("the experiment's hostKey");
    }
    unexpected = true;
    return refuse(
        "REMOTE HOST IDENTIFICATION IS NOT THE ONE EXPECTED: the node shows "
            + fingerprint
            + ", the experiment file's hostKey is "
            + wanted
            + "; someone may be listening in, or the node was made anew: ask its owner, then"
            + " correct hostKey");
  }

  private int changed(KnownHosts.Entry other) {
    return refuse(
        "WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! The node shows "
            + type
            + " "
            + fingerprint
            + ", but "
            + other.place()
            + " says "
            + other.type()
            + " "
            + KnownHosts.fingerprint(other.key())
            + "; someone may be listening in, or the node was made anew: if you know it was,"
            + " remove it with: ssh-keygen -R '"
            + hop.knownAs()
            + "' -f "
            + other.file());
  }

  private int unknown(byte[] key) throws IOException {
    for (KnownHosts.Entry entry : entries) {
      if (entry.authority()) {
        return refuse(
            entry.place()
                + " wants a host certificate for "
                + hop.knownAs()
                + ", and the node shows the plain key "
                + fingerprint
                + ", which is not known; ask the node's owner for its certificate, or take the"
                + " key's fingerprint as hostKey");
      }
    }
    if (hop.strict()) {
      return refuse(
          "the node shows "
              + fingerprint
              + ", which no known_hosts file has, and the SSH configuration says"
              + " StrictHostKeyChecking yes; compare it with the node's own (ssh-keygen -lf"
              + " /etc/ssh/ssh_host_ed25519_key.pub there), then take it as hostKey or connect once"
              + " with ssh");
    }
    if (!KnownHosts.isName(hop.knownAs())) {
      return refuse(
          "the SSH configuration or the file calls the host '"
              + hop.knownAs()
              + "', which stands for other hosts too, so that its key "
              + fingerprint
              + " is not trusted on first use; correct HostKeyAlias or host, or give the node's"
              + " fingerprint as hostKey");
    }
    // Another connection may have taken another key meanwhile.
    if (compared(own.trust(hop.knownAs(), type, key), key) != OK) {
      return CHANGED;
    }
    log.accept("trusting " + hop.knownAs() + " on first use: host key " + fingerprint);
    return trust("trusted on first use");
  }

  private int trust(String why) {
    trust = why;
    return OK;
  }

  private int refuse(String why) {
    problem = why;
    return CHANGED;
  }

  /** JSch asks for the known keys to prefer their algorithms in the key exchange. */
  @Override
  public HostKey[] getHostKey(String host, String type) {
    return hop.hostKey().isPresent()
        ? new HostKey[0]
        : keys(entry -> entry.plain() && (type == null || type.equals(entry.type())));
  }

  /** JSch asks for the marks: who signs certificates, and what is revoked. */
  @Override
  public HostKey[] getHostKey() {
    return keys(entry -> true);
  }

  private HostKey[] keys(Predicate<KnownHosts.Entry> which) {
    List<HostKey> keys = new ArrayList<>();
    for (KnownHosts.Entry entry : entries) {
      if (which.test(entry)) {
        try {
          keys.add(new HostKey(entry.mark(), hop.knownAs(), HostKey.GUESS, entry.key(), ""));
        } catch (JSchException | IndexOutOfBoundsException e) { // no key of a type that is known
          log.accept(entry.place() + ": " + e.getMessage());
        }
      }
    }
    return keys.toArray(HostKey[]::new);
  }

  @Override
  public void add(HostKey key, UserInfo user) {
    // check() has written it already
  }

  @Override
  public void remove(String host, String type) {
    // only `forget` and the user remove keys
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    // only `forget` and the user remove keys
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return "faasbench";
  }

  /** The algorithm name at the start of a public key's bytes (RFC 4253 section 6.6). */
  private static String typeOf(byte[] key) throws IOException {
    int length = key.length < 4 ? 0 : (key[2] & 0xff) << 8 | (key[3] & 0xff);
    if (length == 0 || length > 64 || key.length < 4 + length) {
      throw new IOException("the node's host key is malformed");
    }
    return new String(key, 4, length, StandardCharsets.US_ASCII);
  }
}
