package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.Resident;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.cluster.ssh.session.ByteInbox;
import io.github.faasbench.cluster.ssh.session.Logins;
import io.github.faasbench.experiment.NodeSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Engines that are alive and do not answer one of the requests: nothing, a head and no body, or a
 * byte at a time. Whatever a node is asked for ends. All are asked at once, for each takes its
 * time.
 */
@Timeout(180)
class SilentEngineTest {
  private static final String V = " /v1.41";
  private static final RunRequest OWN =
      new RunRequest("c", "image", List.of("f"), Map.of(), "bridge", true, RunRequest.Demand.NONE);
  private static final RunRequest RESIDENT =
      OWN.with(new Resident(List.of("serve"), List.of("1"), false));

  @TempDir private Path folder;
  private final ExecutorService threads = DaemonThreads.start();
  private final WallClockLoop loop = new WallClockLoop();
  private final List<Case> cases = new ArrayList<>();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** How a request is not answered. */
  private enum Manner {
    NOTHING,
    HEAD,
    TRICKLE
  }

  /** One node, which does not answer that. */
  private record Case(
      String title, String silentAt, FakeEngine engine, SshNode node, List<Answer<?>> answers) {}

  private interface Asking {
    Answer<?> of(SshNode node);
  }

  private Answer<?> run(SshNode node) {
    return Answer.<CallResult>to(loop, done -> node.run(OWN, done));
  }

  private Answer<?> exec(SshNode node) {
    return Answer.<CallResult>to(loop, done -> node.exec(OWN, done));
  }

  private Answer<?> start(SshNode node, RunRequest request) {
    return Answer.<Long>to(loop, done -> node.startWaiting(request, done));
  }

  private FakeEngine.Answer answer(Manner manner) {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
    return switch (manner) {
      case NOTHING -> wire -> {};
      case HEAD -> wire -> wire.write(head.getBytes(StandardCharsets.UTF_8));
      case TRICKLE -> wire -> threads.execute(() -> trickle(wire, head));
    };
  }

  private static void trickle(ByteInbox wire, String head) {
    try {
      wire.write(head.getBytes(StandardCharsets.UTF_8));
      while (!wire.isClosed()) {
        wire.write(' ');
        Thread.sleep(50);
      }
    } catch (IOException | InterruptedException e) {
      return; // the test is over
    }
  }

  private SshNode node(String name, Engine engine, SshLink link) {
    LoadProbe probe = new LoadProbe(link, "/nowhere", "", loop);
    return new SshNode(name, link, engine, probe, null, threads, loop);
  }

  private SshLink unusedLink() {
    NodeSpec.Login login = NodeSpec.Login.NONE.passwordEnv("NODE_PASSWORD").hostKey("off");
    NodeSpec spec =
        new NodeSpec("n", "127.0.0.1", 1, "u", login, Double.NaN, 0, 1, NodeSpec.Limits.NONE);
    return new SshLink(new Logins(TestSshServer.settings(folder, "x", line -> {})).to(spec));
  }

  /** Connects, and asks. */
  private void silent(String request, Manner manner, Asking asking) throws Exception {
    FakeEngine fake = HostileEngineTest.sane();
    fake.on("POST" + V + "/containers/c/", FakeEngine.json(200, "{'Id':'e1'}"));
    ApiEngine engine = new ApiEngine(fake::open, threads, loop);
    engine.connect();
    SshNode node = node("n", engine, unusedLink());
    fake.on(request, answer(manner));
    List<Answer<?>> answers = new ArrayList<>(List.of(asking.of(node)));
    if (request.contains("/events")) { // the stream of the connect ends a moment later
      fake.closeEvents();
      while (fake.timesAsked(request) < 2) {
        answers.set(0, asking.of(node));
        until(() -> answers.get(0).isThere() || fake.timesAsked(request) == 2, 20);
      }
      answers.set(0, asking.of(node)); // the one before may have ended without them
    }
    cases.add(new Case(request + " " + manner, request, fake, node, answers));
  }

  private void until(BooleanSupplier done, long limitSeconds) throws InterruptedException {
    boolean[] late = {false};
    loop.after(TimeUnit.SECONDS.toNanos(limitSeconds), () -> late[0] = true);
    while (!done.getAsBoolean() && !late[0]) {
      boolean[] again = {false};
      loop.after(20_000_000, () -> again[0] = true);
      loop.runUntil(() -> again[0]);
    }
    assertThat(late[0]).as("late").isFalse();
  }

  @Test
  void aCallEndsSoonAfterItsContainerWasToGo() throws Exception {
    for (Manner manner : Manner.values()) {
      for (String request :
          List.of(
              "POST" + V + "/images/create",
              "POST" + V + "/containers/create",
              "POST" + V + "/containers/c1/attach",
              "POST" + V + "/containers/c1/wait",
              "POST" + V + "/containers/c1/start",
              "GET" + V + "/containers/c1/json",
              "GET" + V + "/events",
              "DELETE" + V + "/containers")) {
        boolean stream = request.endsWith("/attach") || request.endsWith("/events");
        if (!stream || manner == Manner.NOTHING) { // a head is an answer there
          silent(request, manner, this::run);
        }
      }
      silent("POST" + V + "/containers/c/exec", manner, this::exec);
      silent("GET" + V + "/exec/e1/json", manner, this::exec);
      silent("POST" + V + "/containers/create", manner, node -> start(node, OWN));
      silent("POST" + V + "/containers/c1/start", manner, node -> start(node, OWN));
      silent("POST" + V + "/containers/create", manner, node -> start(node, RESIDENT));
      silent("POST" + V + "/containers/c1/start", manner, node -> start(node, RESIDENT));
    }
    silent("POST" + V + "/exec/e1/start", Manner.NOTHING, this::exec);
    until(() -> cases.stream().allMatch(c -> c.engine.timesAsked(c.silentAt) > 0), 20);
    cases.forEach(c -> Answer.<Void>to(loop, done -> c.node.removeContainer("c", done)));
    long began = System.nanoTime();
    until(() -> cases.stream().allMatch(c -> c.answers.get(0).isThere()), 20);
    assertThat(System.nanoTime() - began).isBetween(3_500_000_000L, 8_000_000_000L);
    for (Case one : cases) {
      NodeFailure failure = one.answers.get(0).failure();
      assertThat(failure.kind()).as(one.title).isEqualTo(NodeFailure.Kind.UNREACHABLE);
      assertThat(failure.message())
          .as(one.title)
          .matches("n: it has not answered .* for \\d+\\.\\d s; `faasbench doctor` looks closer");
      if (!one.silentAt.contains("images/create") && !one.silentAt.startsWith("DELETE")) {
        assertThat(failure.message())
            .as(one.title)
            .containsPattern(one.silentAt.replace(V, "(" + V + "| )"));
      }
    }
    until(() -> cases.stream().allMatch(SilentEngineTest::letGo), 5);
  }

  /** Its connection was closed; a removal has a time of its own. */
  private static boolean letGo(Case one) {
    return one.silentAt.startsWith("DELETE") || one.engine.closed(one.silentAt);
  }

  @Test
  void aResidentProcessThatNeverAnswersIsLeft() throws Exception {
    FakeEngine fake = HostileEngineTest.sane();
    ByteInbox[] stream = new ByteInbox[1];
    fake.on(
        "POST" + V + "/containers/c1/attach",
        wire -> {
          stream[0] = wire;
          wire.write("HTTP/1.1 101 UPGRADED\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        });
    fake.on(
        "POST" + V + "/containers/c1/start",
        wire -> {
          FakeEngine.json(200, "{}").over(wire);
          stream[0].write(frame("{\"resident\":1,\"runtime\":\"r\"}\n"));
        });
    fake.linesAreNoRequests();
    ApiEngine engine = new ApiEngine(fake::open, threads, loop);
    engine.connect();
    SshNode node = node("n", engine, unusedLink());
    Answer.<Long>to(loop, done -> node.startWaiting(RESIDENT, done)).value();
    fake.on("DELETE" + V + "/containers", answer(Manner.NOTHING));
    var call = Answer.<CallResult>to(loop, d -> node.exec(RESIDENT, d));
    Answer.<Void>to(loop, done -> node.removeContainer("c", done));
    assertThat(call.failure().message())
        .matches("n: it has not answered the call in container c for [45]\\.\\d s; .*");
    assertThat(call.failure().mayHaveRun()).isTrue();
    until(() -> stream[0].isClosed(), 5);
  }

  @Test
  void aContainerThatIsRemovedWhileItIsStartedEndsTheStart() throws Exception {
    String attach = "POST" + V + "/containers/c1/attach";
    silent(attach, Manner.NOTHING, node -> start(node, RESIDENT));
    until(() -> cases.get(0).engine.timesAsked(attach) > 0, 20);
    remove(cases.get(0).node);
    NodeFailure failure = cases.get(0).answers.get(0).failure();
    assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.ENGINE);
    assertThat(failure.message()).isEqualTo("container c was removed while it was started");
  }

  private static byte[] frame(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[8 + bytes.length];
    frame[0] = 1;
    frame[7] = (byte) bytes.length;
    System.arraycopy(bytes, 0, frame, 8, bytes.length);
    return frame;
  }

  @Test
  void cleaningASilentNodeEndsAndThenAllTheSooner() throws Exception {
    for (Manner manner : Manner.values()) {
      silent("DELETE" + V + "/containers", manner, this::remove);
      silent("DELETE" + V + "/images", manner, this::removeImage);
      silent("GET" + V + "/images/json", manner, this::list);
      silent("GET" + V + "/containers/json", manner, this::list);
    }
    long began = System.nanoTime();
    until(() -> cases.stream().allMatch(c -> c.answers.get(0).isThere()), 40);
    assertThat(System.nanoTime() - began).isGreaterThan(25_000_000_000L);
    cases.forEach(c -> assertThat(c.answers.get(0).failure().message()).contains(c.silentAt));
    cases.forEach(c -> c.engine.on("DELETE" + V + "/containers", wire -> {}));
    cases.forEach(c -> c.engine.on("GET" + V + "/images/json", wire -> {}));
    List<Answer<?>> then = new ArrayList<>();
    cases.forEach(c -> then.add(c.silentAt.contains("json") ? list(c.node) : remove(c.node)));
    until(() -> then.stream().allMatch(Answer::isThere), 14);
  }

  private Answer<?> remove(SshNode node) {
    return Answer.<Void>to(loop, done -> node.removeContainer("c", done));
  }

  private Answer<?> removeImage(SshNode node) {
    return Answer.<Void>to(loop, done -> node.removeImage("image", done));
  }

  private Answer<?> list(SshNode node) {
    return Answer.to(loop, node::inventory);
  }

  private SshNode docker(TestSshServer server) throws Exception {
    CliEngine engine =
        new CliEngine(server.link(folder, Optional.of("off"), line -> {}), threads, loop);
    engine.connect();
    return node("n", engine, server.link(folder, Optional.of("off"), line -> {}));
  }

  @Test
  void eachCommandOfDockerMayHang() throws Exception {
    List<TestSshServer> servers = new ArrayList<>();
    try {
      for (String command :
          List.of("pull", "create", "start", "inspect", "rm", "exec", "rmi", "images")) {
        Path own = Files.createDirectory(folder.resolve(command));
        String docker =
            "#!/bin/sh\nshift 2\ncase \"$1\" in "
                + command
                + ") touch "
                + own
                + "/hangs; exec sleep 300;; inspect) echo x x x 0 false;; version) echo 1.41;; esac\n";
        Path sudo = Files.writeString(own.resolve("sudo"), docker);
        Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
        TestSshServer server = new TestSshServer("PATH=" + own + ":$PATH; export PATH; ");
        servers.add(server);
        SshNode node = docker(server);
        List<Answer<?>> answers = new ArrayList<>();
        answers.add(
            switch (command) {
              case "exec" -> exec(node);
              case "rmi" -> removeImage(node);
              case "images" -> list(node);
              default -> run(node);
            });
        cases.add(new Case(command, own + "/hangs", null, node, answers));
      }
      until(() -> cases.stream().allMatch(c -> Files.exists(Path.of(c.silentAt))), 30);
      cases.forEach(c -> remove(c.node));
      long began = System.nanoTime();
      until(() -> cases.stream().allMatch(c -> c.answers.get(0).isThere()), 40);
      for (Case one : cases) {
        NodeFailure failure = one.answers.get(0).failure();
        assertThat(failure.kind()).as(one.title).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        assertThat(failure.message()).as(one.title).contains("it has not answered");
      }
      assertThat(System.nanoTime() - began).isLessThan(38_000_000_000L);
    } finally {
      for (TestSshServer server : servers) {
        server.close();
      }
    }
  }
}
