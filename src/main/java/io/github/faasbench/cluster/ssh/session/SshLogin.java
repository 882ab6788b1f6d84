package io.github.faasbench.cluster.ssh.session;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import io.github.faasbench.experiment.NodeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Opens sessions to one node, through its jump hosts: who logs in, with what, and which host key is
 * accepted. Its messages name the host, the cause and the remedy, and hold no secret.
 */
public final class SshLogin implements AutoCloseable {
  private static final int TRIES = 4;
  private static final int LOOKS = 10;
  private static final long LOOK_MILLIS = 20;

  private final NodeSpec spec;
  private final LoginSettings settings;
  private final KeyRing ring;
  private final Function<String, Semaphore> connecting;
  private final List<HostLogin> way = new ArrayList<>();

  /** Held while jump hosts are connected to: who closes does not wait for that. */
  private final ReentrantLock jumping = new ReentrantLock();

  private final List<Session> jumps = new CopyOnWriteArrayList<>();
  private volatile boolean closed;
  private volatile Negotiated negotiated;

  SshLogin(
      NodeSpec spec, LoginSettings settings, KeyRing ring, Function<String, Semaphore> connecting) {
    this.spec = spec;
    this.settings = settings;
    this.ring = ring;
    this.connecting = connecting;
  }

  /** The node's address as the experiment has it. */
  public static String address(NodeSpec node) {
    return node.port() > 0 ? node.host() + ":" + node.port() : node.host();
  }

  /** Where it logs in; before {@link #prepare} what the experiment says of it. */
  public synchronized String address() {
    return way.isEmpty() ? address(spec) : last().hop().address();
  }

  /**
   * What stands for the machine: its address without the port, and the jump hosts on the way, since
   * an address may mean another machine behind each of them.
   */
  public synchronized String machine() {
    if (way.isEmpty()) {
      return plain(spec.host());
    }
    List<String> hosts = new ArrayList<>();
    way.subList(0, way.size() - 1).forEach(jump -> hosts.add(jump.hop().address()));
    hosts.add(plain(last().hop().host()));
    return String.join(" ", hosts);
  }

  private static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals("localhost") || lower.equals("::1") || lower.startsWith("127.")
        ? "localhost"
        : lower;
  }

  /** Who logs in; before {@link #prepare} what the experiment says of it. */
  public synchronized String user() {
    return way.isEmpty() ? spec.user() : last().hop().user();
  }

  /** What the newest session came to; null before the first. */
  public Negotiated negotiated() {
    return negotiated;
  }

  /**
   * Finds the way and the keys, and asks for passphrases. Nothing is connected. The first session
   * does it where it was not done before.
   */
  public synchronized void prepare() throws LoginException {
    if (way.isEmpty()) {
      List<HostLogin> found = new ArrayList<>();
      for (Hop hop : Hops.to(spec, settings)) {
        found.add(new HostLogin(hop, settings, ring.offer(hop), spec.name()));
      }
      way.addAll(found);
    }
  }

  /** A new session, logged in; its owner disconnects it. */
  public Session session() throws LoginException {
    prepare();
    try {
      HostLogin node = last();
      Session session = way.size() == 1 ? open(node, null) : openThroughJumps(node);
      negotiated =
          node.negotiated(
              session,
              way.subList(0, way.size() - 1).stream().map(jump -> jump.hop().login()).toList());
      return session;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoginException("interrupted while connecting to " + address());
    }
  }

  private Session openThroughJumps(HostLogin node) throws LoginException, InterruptedException {
    try {
      return open(node, lastJump());
    } catch (LoginException e) {
      if (!lostJump()) {
        throw e;
      }
      return open(node, lastJump());
    }
  }

  /** Whether a jump host is gone: a session may look alive for a moment longer than it is. */
  private boolean lostJump() throws InterruptedException {
    for (int i = 0; i < LOOKS; i++) {
      if (!jumps.stream().allMatch(Session::isConnected)) {
        return true;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return false;
  }

  private HostLogin last() {
    return way.get(way.size() - 1);
  }

  /** A session with the last jump host; those that are lost are opened again. */
  private SocketFactory lastJump() throws LoginException, InterruptedException {
    jumping.lock();
    try {
      return openJumps();
    } finally {
      jumping.unlock();
    }
  }

  private SocketFactory openJumps() throws LoginException, InterruptedException {
    for (int i = 0; i < way.size() - 1; i++) {
      if (i < jumps.size() && jumps.get(i).isConnected()) {
        continue;
      }
      // Behind a jump host that is gone all others are gone as well.
      while (jumps.size() > i) {
        jumps.remove(jumps.size() - 1).disconnect();
      }
      Session jump = open(way.get(i), through(i));
      jumps.add(jump);
      if (closed) {
        jump.disconnect();
        throw new LoginException("the connection was let go");
      }
    }
    return through(way.size() - 1);
  }

  /** How hop number i is reached; null: directly. */
  private SocketFactory through(int i) {
    return i == 0
        ? null
        : JumpSocket.through(jumps.get(i - 1), way.get(i).hop().connectSeconds() * 1_000);
  }

  private Session open(HostLogin host, SocketFactory sockets)
      throws LoginException, InterruptedException {
    Semaphore places = connecting.apply(host.hop().host());
    places.acquire(); // sshd drops connections above MaxStartups
    try {
      for (int attempt = 0; ; attempt++) {
        try {
          return host.open(sockets);
        } catch (JSchException e) {
          if (attempt + 1 == TRIES || !LoginFailures.wasDropped(e)) {
            throw host.failure(e);
          }
          Thread.sleep(100L << attempt);
        }
      }
    } finally {
      places.release();
    }
  }

  /** Lets the jump hosts go. */
  @Override
  public void close() {
    closed = true;
    jumps.forEach(Session::disconnect);
  }
}
