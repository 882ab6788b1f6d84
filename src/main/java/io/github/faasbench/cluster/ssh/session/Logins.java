package io.github.faasbench.cluster.ssh.session;

import io.github.faasbench.experiment.NodeSpec;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/** Logins to the nodes of one run: they share keys, passphrases, and how many connect at once. */
public final class Logins {
  /**
   * Connects under way at one host, whatever the port: sshd drops some above its MaxStartups of 10,
   * and nodes behind ports of one machine share its cores.
   */
  static final int CONNECTING_AT_ONCE = 8;

  private final LoginSettings settings;
  private final KeyRing keys;
  private final ConcurrentMap<String, Semaphore> connecting = new ConcurrentHashMap<>();

  public Logins(LoginSettings settings) {
    P384Signature.use();
    this.settings = settings;
    this.keys = new KeyRing(settings.environment(), settings.prompt());
  }

  /** Connects nowhere yet. */
  public SshLogin to(NodeSpec node) {
    return new SshLogin(node, settings, keys, this::connecting);
  }

  private Semaphore connecting(String host) {
    return connecting.computeIfAbsent(host, any -> new Semaphore(CONNECTING_AT_ONCE, true));
  }
}
