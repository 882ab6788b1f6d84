package io.github.faasbench.cluster.ssh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.Session;
import io.github.faasbench.experiment.NodeSpec.Login;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.session.SessionListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConnectLimitsTest {
  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private TestHome home;
  private TestHost host;
  private Login login;

  @BeforeEach
  void start() throws Exception {
    home = new TestHome(folder);
    Path mine = home.key("mine");
    host = new TestHost(home.key("host")).authorize(mine);
    login = Login.NONE.identity(mine.toString());
  }

  @AfterEach
  void stop() throws Exception {
    threads.shutdownNow();
    host.close();
  }

  /** Sessions that have not logged in yet, as sshd counts them for MaxStartups. */
  private static final class Startups implements SessionListener {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    public void sessionCreated(org.apache.sshd.common.session.Session session) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
    }

    @Override
    public void sessionEvent(org.apache.sshd.common.session.Session session, Event event) {
      if (event == Event.Authenticated) {
        now.decrementAndGet();
      }
    }
  }

  @Test
  void ofAllNodesAtOneHostAtMostEightConnectAtOnce() throws Exception {
    Startups startups = new Startups();
    host.server.addSessionListener(startups);
    host.start();
    Logins logins = new Logins(home.settings());
    List<Future<Session>> sessions = new ArrayList<>();
    for (int node = 0; node < 8; node++) {
      SshLogin one = logins.to(host.node(login));
      for (int i = 0; i < 4; i++) {
        sessions.add(threads.submit(one::session));
      }
    }
    for (Future<Session> session : sessions) {
      assertThat(session.get().isConnected()).isTrue();
    }
    assertThat(startups.most.get()).isBetween(2, 8);
    for (Future<Session> session : sessions) {
      session.get().disconnect();
    }
  }

  /** In front of the host, and like sshd above its MaxStartups: it closes connections unheard. */
  private final class Dropping implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0);
    private final AtomicInteger seen = new AtomicInteger();

    Dropping(int first) throws Exception {
      threads.submit(
          () -> {
            while (true) {
              Socket near = listener.accept();
              if (seen.incrementAndGet() <= first) {
                near.close();
                continue;
              }
              Socket far = new Socket("127.0.0.1", host.port());
              threads.submit(() -> pump(near.getInputStream(), far.getOutputStream()));
              threads.submit(() -> pump(far.getInputStream(), near.getOutputStream()));
            }
          });
    }

    private Void pump(InputStream from, OutputStream to) throws Exception {
      from.transferTo(to);
      return null;
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  @Test
  void aConnectionThatSshdDropsIsMadeAgain() throws Exception {
    host.start();
    try (Dropping door = new Dropping(3)) {
      int port = door.listener.getLocalPort();
      home.connect(TestHost.node("127.0.0.1", port, "me", login));
      assertThat(door.seen.get()).isEqualTo(4);
    }
  }

  @Test
  void aHostThatDropsAllIsGivenUpWithItsReason() throws Exception {
    host.start();
    try (Dropping door = new Dropping(100)) {
      int port = door.listener.getLocalPort();
      assertThatThrownBy(() -> home.connect(TestHost.node("127.0.0.1", port, "me", login)))
          .hasMessageContaining("127.0.0.1:" + port + " drops connections before it greets")
          .hasMessageContaining("MaxStartups");
      assertThat(door.seen.get()).isEqualTo(4);
    }
  }
}
