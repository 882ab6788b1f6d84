package io.github.faasbench.cluster.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelDirectStreamLocal;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.ssh.session.ByteInbox;
import io.github.faasbench.cluster.ssh.session.LoginException;
import io.github.faasbench.cluster.ssh.session.SshLogin;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The kept SSH connections to one node. The first carries the forwarded engine sockets and up to
 * five commands; more sessions are opened when more commands run at once (sshd's MaxSessions is 10,
 * and it frees a slot later than the client sees its end: above five, opens were refused). A server
 * that allows fewer gets fewer, and more sessions.
 */
final class SshLink implements AutoCloseable {
  private static final int COMMANDS_PER_SESSION = 5;
  private static final int MOST_SESSIONS = 16;
  private static final int OPEN_TRIES = 8;

  private final SshLogin login;

  /** Held while one connects: who closes does not wait for that. */
  private final ReentrantLock connecting = new ReentrantLock();

  private final List<Lane> lanes = new CopyOnWriteArrayList<>();
  private final Semaphore commands = new Semaphore(COMMANDS_PER_SESSION * MOST_SESSIONS, true);
  private Session trunk;
  private int commandsPerSession = COMMANDS_PER_SESSION;

  /** How the last attempt to connect failed, and when; null: it did not. */
  private NodeException refusal;

  private long refusedNanos;
  private volatile boolean closed;

  SshLink(SshLogin login) {
    this.login = login;
  }

  /** A session and how many more commands it may carry. */
  private static final class Lane {
    private final Session session;
    private final AtomicInteger running = new AtomicInteger();

    Lane(Session session) {
      this.session = session;
    }
  }

  SshLogin login() {
    return login;
  }

  /** Opens the first session. */
  void connect() throws NodeException {
    trunk();
  }

  /** Forwards a connection to a Unix socket of the node; its bytes arrive in the inbox. */
  HttpConnection socket(String path) throws NodeException {
    ByteInbox inbox = new ByteInbox();
    Deadline.current().asks("for a channel to " + path);
    try {
      Channel opened = trunk().openChannel("direct-streamlocal@openssh.com");
      if (!(opened instanceof ChannelDirectStreamLocal)) {
        throw new JSchException("channel is not opened.");
      }
      ChannelDirectStreamLocal channel = (ChannelDirectStreamLocal) opened;
      channel.setSocketPath(path);
      channel.setOutputStream(inbox);
      OutputStream out = channel.getOutputStream();
      channel.connect();
      // JSch closes the inbox at the far side's end, or when it has given the channel up.
      return new HttpConnection(inbox, out, channel::disconnect, channel::isConnected);
    } catch (JSchException | IOException e) {
      throw new NodeException(
          NodeFailure.Kind.UNREACHABLE,
          "the engine's socket "
              + path
              + " can't be reached over SSH at "
              + login.address()
              + " ("
              + FileErrors.of(e)
              + "); check that Docker runs there, that "
              + login.user()
              + " is in group docker, and that sshd has AllowStreamLocalForwarding yes;"
              + " `engine: cli` needs neither");
    }
  }

  /**
   * Starts a command. The sinks must not block; their close has no meaning.
   *
   * @throws NodeException when no channel could be opened
   */
  RemoteCommand exec(String command, OutputStream out, OutputStream err) throws NodeException {
    commands.acquireUninterruptibly();
    JSchException last = null;
    for (int attempt = 0; attempt < OPEN_TRIES; attempt++) {
      Lane lane;
      try {
        Deadline.current().requireTime();
        lane = lane();
      } catch (NodeException e) {
        commands.release();
        throw e;
      }
      try {
        return open(lane, command, out, err);
      } catch (JSchException | IOException e) {
        int others = lane.running.decrementAndGet();
        if (lane.session.isConnected()) { // it refused this one
          crowded(others);
        }
        last =
            e instanceof JSchException ? (JSchException) e : new JSchException(FileErrors.of(e), e);
        pause(5L << attempt);
      }
    }
    commands.release();
    throw new NodeException(
        NodeFailure.Kind.UNREACHABLE,
        "no command can be started over SSH at "
            + login.address()
            + " ("
            + FileErrors.of(last)
            + "); check MaxSessions in its sshd_config and the node's load");
  }

  private RemoteCommand open(Lane lane, String command, OutputStream out, OutputStream err)
      throws JSchException, IOException {
    Channel opened = lane.session.openChannel("exec");
    if (!(opened instanceof ChannelExec)) { // null when the session went down meanwhile
      throw new JSchException("channel is not opened.");
    }
    ChannelExec channel = (ChannelExec) opened;
    CompletableFuture<RemoteCommand.Exit> ended = new CompletableFuture<>();
    channel.setCommand(command.getBytes(StandardCharsets.UTF_8));
    channel.setInputStream(null);
    channel.setOutputStream(new Unclosed(out));
    Latch latch = new Latch(err, channel, ended);
    channel.setErrStream(latch);
    OutputStream stdin = channel.getOutputStream();
    channel.connect(); // without a timeout: with one, JSch polls by 10 ms
    ended.whenComplete(
        (exit, failure) -> {
          lane.running.decrementAndGet();
          commands.release();
        });
    latch.arm();
    return new RemoteCommand(stdin, ended, channel::disconnect);
  }

  /** Runs a short command to its end and gives its standard output. */
  String ask(String command, long limitMillis) throws NodeException, IOException {
    OutputCapture out = new OutputCapture(4 << 20);
    OutputCapture err = new OutputCapture(4 << 10);
    RemoteCommand.Exit exit = exec(command, out, err).await(limitMillis);
    if (exit.status() != 0) {
      throw new IOException(NodeException.oneLine("exit " + exit.status() + ": " + err.text()));
    }
    return out.text();
  }

  private Session trunk() throws NodeException {
    return trunk(System.nanoTime());
  }

  /**
   * An attempt to connect that failed speaks for all who waited meanwhile: else each of many would
   * wait for those before it and then try by itself, up to 15 s each.
   */
  private Session trunk(long askedNanos) throws NodeException {
    connecting.lock();
    try {
      return openTrunk(askedNanos);
    } finally {
      connecting.unlock();
    }
  }

  private Session openTrunk(long askedNanos) throws NodeException {
    requireOpen();
    if (trunk == null || !trunk.isConnected()) {
      if (refusal != null && refusedNanos - askedNanos > 0) {
        throw new NodeException(refusal.kind(), refusal.getMessage());
      }
      try {
        trunk = session();
      } catch (NodeException e) {
        refusal = e;
        refusedNanos = System.nanoTime();
        throw e;
      }
      lanes.removeIf(lane -> !lane.session.isConnected());
      lanes.add(0, new Lane(trunk));
    }
    return trunk;
  }

  private Lane lane() throws NodeException {
    return lane(System.nanoTime());
  }

  private Lane lane(long askedNanos) throws NodeException {
    connecting.lock();
    try {
      return openLane(askedNanos);
    } finally {
      connecting.unlock();
    }
  }

  private Lane openLane(long askedNanos) throws NodeException {
    openTrunk(askedNanos);
    lanes.removeIf(lane -> !lane.session.isConnected());
    for (Lane lane : lanes) {
      if (lane.running.get() < commandsPerSession) {
        lane.running.incrementAndGet();
        return lane;
      }
    }
    Lane lane = new Lane(session());
    lane.running.incrementAndGet();
    lanes.add(lane);
    return lane;
  }

  private Session session() throws NodeException {
    try {
      Session session = login.session();
      if (closed) {
        session.disconnect();
      }
      requireOpen();
      return session;
    } catch (LoginException e) {
      throw new NodeException(NodeFailure.Kind.UNREACHABLE, e.getMessage());
    }
  }

  private void requireOpen() throws NodeException {
    if (closed) {
      throw new NodeException(NodeFailure.Kind.UNREACHABLE, "the connection was let go");
    }
  }

  /** Fewer commands a session, when a server refuses one beside so many. */
  private void crowded(int others) {
    connecting.lock();
    try {
      commandsPerSession = Math.max(1, Math.min(commandsPerSession, others));
    } finally {
      connecting.unlock();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    lanes.forEach(lane -> lane.session.disconnect());
    lanes.clear();
    login.close();
  }

  /** JSch closes what it writes to, also when an open is refused and tried again. */
  private static final class Unclosed extends OutputStream {
    private final OutputStream target;

    Unclosed(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      target.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      target.write(bytes, from, length);
    }
  }

  /**
   * Standard error's sink. JSch closes it in {@code disconnect()}, after the channel's close: the
   * exit status is there by then, and no loop over {@code isClosed} is needed.
   */
  private static final class Latch extends OutputStream {
    private final OutputStream target;
    private final ChannelExec channel;
    private final CompletableFuture<RemoteCommand.Exit> ended;
    private boolean armed;
    private boolean closed;

    Latch(OutputStream target, ChannelExec channel, CompletableFuture<RemoteCommand.Exit> ended) {
      this.target = target;
      this.channel = channel;
      this.ended = ended;
    }

    @Override
    public void write(int b) throws IOException {
      target.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      target.write(bytes, from, length);
    }

    /** The open succeeded: from now on a close is the command's end. */
    synchronized void arm() {
      armed = true;
      release();
    }

    @Override
    public synchronized void close() {
      closed = true;
      release();
    }

    private void release() {
      if (armed && closed) {
        ended.complete(new RemoteCommand.Exit(channel.getExitStatus(), channel.getExitSignal()));
      }
    }
  }
}
