package io.github.faasbench.cluster.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides on a node's host key: known in one of the files, or the fingerprint that the experiment
 * insists on, or trusted on first use. A changed or revoked key always stops. JSch's own modes are
 * not used: its {@code accept-new} and {@code no} connect to a changed key silently. JSch runs with
 * {@code StrictHostKeyChecking=yes} and takes this verdict.
 */
final class HostKeyCheck implements HostKeyRepository {
  private final String hostPort;
  private final Optional<String> wanted;
  private final KnownHosts own;
  private final List<KnownHosts> consulted;
  private final Consumer<String> log;
  private volatile String problem;
  private volatile String fingerprint = "";

  /**
   * A check for one node.
   *
   * @param wanted {@code SHA256:…}, {@code off}, or empty for trust on first use
   * @param own where new keys are written
   * @param others further files that are only read
   */
  HostKeyCheck(
      String hostPort,
      Optional<String> wanted,
      KnownHosts own,
      List<KnownHosts> others,
      Consumer<String> log) {
    this.hostPort = hostPort;
    this.wanted = wanted;
    this.own = own;
    this.consulted = new ArrayList<>(List.of(own));
    this.consulted.addAll(others);
    this.log = log;
  }

  /** Why the key was refused, for the user; null when it was not. */
  String problem() {
    return problem;
  }

  /** The fingerprint of the key that the node showed; empty before. */
  String fingerprint() {
    return fingerprint;
  }

  @Override
  public int check(String host, byte[] key) {
    fingerprint = KnownHosts.fingerprint(key);
    if (wanted.isPresent()) {
      if (wanted.get().equals("off") || wanted.get().equals(fingerprint)) {
        return OK;
      }
      return refuse(
          "REMOTE HOST IDENTIFICATION IS NOT THE ONE EXPECTED: the node shows "
              + fingerprint
              + ", the experiment file's hostKey is "
              + wanted.get()
              + "; someone may be listening in, or the node was made anew: ask its owner, then"
              + " correct hostKey");
    }
    try {
      return checkFiles(key);
    } catch (IOException e) {
      return refuse("known_hosts can't be used: " + e + "; check the file and its permissions");
    }
  }

  private int checkFiles(byte[] key) throws IOException {
    KnownHosts.Entry other = null;
    boolean known = false;
    for (KnownHosts file : consulted) {
      for (KnownHosts.Entry entry : file.of(hostPort)) {
        boolean same = Arrays.equals(entry.key(), key);
        if (same && entry.revoked()) {
          return refuse(
              "the host key "
                  + fingerprint
                  + " is marked @revoked in "
                  + place(entry)
                  + "; don't connect, ask the node's owner for its new key");
        }
        known |= same;
        if (!same && !entry.revoked() && other == null) {
          other = entry;
        }
      }
    }
    if (known) {
      return OK;
    }
    if (other != null) {
      return refuse(
          "REMOTE HOST IDENTIFICATION HAS CHANGED: the node shows "
              + fingerprint
              + ", but "
              + place(other)
              + " says "
              + KnownHosts.fingerprint(other.key())
              + "; someone may be listening in, or the node was made anew: if you know it was,"
              + " remove it with: ssh-keygen -R '"
              + hostPort
              + "' -f "
              + other.file());
    }
    own.append(hostPort, new HostKeyType(key).name(), key);
    log.accept("trusting " + hostPort + " on first use: host key " + fingerprint);
    return OK;
  }

  private static String place(KnownHosts.Entry entry) {
    return entry.file() + ":" + entry.line();
  }

  private int refuse(String why) {
    problem = why;
    return CHANGED;
  }

  /** JSch asks for the known keys to prefer their algorithms in the key exchange. */
  @Override
  public HostKey[] getHostKey(String host, String type) {
    List<HostKey> keys = new ArrayList<>();
    if (wanted.isEmpty() && host != null) {
      try {
        for (KnownHosts file : consulted) {
          for (KnownHosts.Entry entry : file.of(hostPort)) {
            if (!entry.revoked() && (type == null || type.equals(entry.type()))) {
              keys.add(new HostKey(hostPort, entry.key()));
            }
          }
        }
      } catch (IOException | JSchException e) {
        log.accept("known_hosts: " + e.getMessage());
      }
    }
    return keys.toArray(HostKey[]::new);
  }

  @Override
  public HostKey[] getHostKey() {
    return getHostKey(hostPort, null);
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
  private record HostKeyType(byte[] key) {
    String name() throws IOException {
      int length = key.length < 4 ? 0 : (key[2] & 0xff) << 8 | (key[3] & 0xff);
      if (length == 0 || length > 64 || key.length < 4 + length) {
        throw new IOException("the node's host key is malformed");
      }
      return new String(key, 4, length, StandardCharsets.US_ASCII);
    }
  }
}
