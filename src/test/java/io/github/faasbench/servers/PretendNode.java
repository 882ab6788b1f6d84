package io.github.faasbench.servers;

import io.github.faasbench.experiment.NodeSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;

/**
 * A node of which nothing is real but its SSH server: a pretended engine behind the forwarded
 * socket, a load of nothing, and commands that know one answer. It starts no process, so hundreds
 * fit into one.
 */
final class PretendNode implements AutoCloseable {
  static final String PASSWORD = "pretended";

  private final SshServer server = SshServer.setUpDefaultServer();
  private final PretendEngine engine;

  /** Logins under way at all of them, and the most there were. */
  static final AtomicInteger LOGGING_IN = new AtomicInteger();

  static final AtomicInteger MOST_LOGGING_IN = new AtomicInteger();

  /**
   * @param number tells it from others
   * @param threads for what commands do
   */
  PretendNode(int number, KeyPair hostKey, Executor threads) throws IOException {
    engine = new PretendEngine(number);
    CoreModuleProperties.TCP_NODELAY.set(server, true); // else 40 ms of delayed ACK
    CoreModuleProperties.NIO_WORKERS.set(server, 1);
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
    server.setCommandFactory((channel, command) -> new Answering(command, threads));
    server.setChannelFactories(List.of(ChannelSessionFactory.INSTANCE, new StreamLocal()));
    server.addSessionListener(new Logins());
    server.start();
  }

  private static final class Logins implements SessionListener {
    @Override
    public void sessionCreated(Session session) {
      MOST_LOGGING_IN.accumulateAndGet(LOGGING_IN.incrementAndGet(), Math::max);
    }

    @Override
    public void sessionEvent(Session session, Event event) {
      if (event == Event.Authenticated) {
        LOGGING_IN.decrementAndGet();
      }
    }
  }

  /** From now on its engine takes what is sent and says nothing. */
  void fallSilent() {
    engine.fallSilent();
  }

  /** From now on its engine does not answer requests, or lines to a process, with that in them. */
  void leaveUnanswered(String regex) {
    engine.leaveUnanswered(regex);
  }

  NodeSpec spec(String name) {
    NodeSpec.Login login = NodeSpec.Login.NONE.passwordEnv("NODE_PASSWORD").hostKey("off");
    return new NodeSpec(
        name, "127.0.0.1", port(), "u", login, Double.NaN, 0, 1, NodeSpec.Limits.NONE);
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  private final class StreamLocal implements ChannelFactory {
    @Override
    public String getName() {
      return "direct-streamlocal@openssh.com";
    }

    @Override
    public Channel createChannel(Session session) {
      return new EngineChannel();
    }
  }

  /** A forwarded connection to the engine's socket. */
  private final class EngineChannel extends AbstractServerChannel {
    private ChannelOutputStream out;
    private PretendEngine.Connection connection;

    EngineChannel() {
      super("", List.of(), null);
    }

    @Override
    protected OpenFuture doInit(Buffer buffer) {
      out =
          new ChannelOutputStream(
              this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
      connection =
          engine.connect(
              bytes -> {
                synchronized (out) {
                  out.write(bytes);
                  out.flush();
                }
              });
      OpenFuture opened = new DefaultOpenFuture(this, this);
      signalChannelOpenSuccess();
      opened.setOpened();
      return opened;
    }

    @Override
    protected void doWriteData(byte[] data, int from, long length) throws IOException {
      connection.received(data, from, (int) length);
      getLocalWindow().release(length);
    }

    @Override
    protected void doWriteExtendedData(byte[] data, int from, long length) throws IOException {
      throw new IOException("no extended data on a forwarded socket");
    }
  }

  /** A command without a process. */
  private static final class Answering implements Command {
    private final String command;
    private final Executor threads;
    private InputStream in;
    private OutputStream out;
    private ExitCallback exit;

    Answering(String command, Executor threads) {
      this.command = command;
      this.threads = threads;
    }

    @Override
    public void setInputStream(InputStream given) {
      in = given;
    }

    @Override
    public void setOutputStream(OutputStream given) {
      out = given;
    }

    @Override
    public void setErrorStream(OutputStream given) {}

    @Override
    public void setExitCallback(ExitCallback given) {
      exit = given;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      threads.execute(
          () -> {
            try {
              answer();
              exit.onExit(0);
            } catch (IOException e) {
              exit.onExit(1);
            }
          });
    }

    private void answer() throws IOException {
      if (command.contains("--serve")) {
        for (int b = in.read(); b >= 0; b = in.read()) {
          if (b == '\n') {
            say("{\"cpu\": 1, \"ram\": 1}");
          }
        }
      } else if (command.contains("--watch")) {
        say("{\"cpu\": 1, \"ram\": 1}");
        for (int b = in.read(); b >= 0; b = in.read()) {
          continue; // until nobody listens
        }
      } else if (command.contains("df -Pk")) {
        say("x 1 1 1000000 1% /");
      } else if (command.contains("date")) {
        say(System.currentTimeMillis() + "000000");
      }
    }

    private void say(String line) throws IOException {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    @Override
    public void destroy(ChannelSession channel) {}
  }
}
