package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an image's archive gets to an engine, whole or not at all. */
@Timeout(60)
class ImageLoadTest {
  private static final String LOAD = "POST /v1.41/images/load?quiet=1 HTTP/1.1";

  @TempDir Path folder;
  private final ExecutorService threads = DaemonThreads.start();
  private final FakeEngine fake = new FakeEngine();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private ApiEngine api() throws Exception {
    ApiEngine engine = new ApiEngine(fake::open, threads, new WallClockLoop());
    engine.connect();
    return engine;
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Some bytes, then a failure, as of a `docker save` that breaks off. */
  private static InputStream brokenAfter(String text) {
    return new InputStream() {
      private final InputStream good = text(text);

      @Override
      public int read() throws IOException {
        int b = good.read();
        if (b < 0) {
          throw new IOException("docker save failed");
        }
        return b;
      }
    };
  }

  @Test
  void theApiTakesTheArchiveInChunks() throws Exception {
    fake.on("POST /v1.41/images/load", FakeEngine.json(200, "{'stream':'Loaded image: x'}"));
    api().load(text("the archive"));
    assertThat(fake.last(LOAD))
        .contains("Content-Type: application/x-tar\r\n", "Transfer-Encoding: chunked\r\n")
        .endsWith("\r\n\r\nb\r\nthe archive\r\n0\r\n\r\n");
  }

  @Test
  void anErrorWithinTheAnswerIsOne() throws Exception {
    fake.on(
        "POST /v1.41/images/load",
        FakeEngine.json(
            200, "{'errorDetail':{'message':'no space left'},'error':'no space left'}"));
    ApiEngine engine = api();
    assertThatThrownBy(() -> engine.load(text("x")))
        .isInstanceOf(NodeException.class)
        .hasMessage("loading an image: no space left");
  }

  @Test
  void aRefusalAmidTheUploadIsTold() throws Exception {
    fake.on("POST /v1.41/images/load", FakeEngine.json(500, "{'message':'the disk is full'}"));
    fake.refuseUploads();
    ApiEngine engine = api();
    assertThatThrownBy(() -> engine.load(new ByteArrayInputStream(new byte[1 << 20])))
        .isInstanceOf(NodeException.class)
        .hasMessage("loading an image: the disk is full");
  }

  @Test
  void anArchiveThatBreaksOffIsNotEndedAsIfItWereWhole() throws Exception {
    fake.on("POST /v1.41/images/load", FakeEngine.json(200, "{}"));
    ApiEngine engine = api();
    assertThatThrownBy(() -> engine.load(brokenAfter("half")))
        .isInstanceOf(IOException.class)
        .hasMessage("docker save failed");
    assertThat(fake.timesAsked(LOAD)).isZero(); // the fake answers what is whole
  }

  /** An SSH server on which `sudo` is a script. */
  private CliEngine cli(TestSshServer server) {
    SshLink link = server.link(folder, Optional.empty(), line -> {});
    return new CliEngine(link, threads, new WallClockLoop());
  }

  private TestSshServer sudoIs(String script) throws Exception {
    Path sudo = Files.createDirectories(folder.resolve("bin")).resolve("sudo");
    Files.writeString(sudo, "#!/bin/sh\n" + script + "\n");
    assertThat(sudo.toFile().setExecutable(true)).isTrue();
    return new TestSshServer("PATH=" + sudo.getParent() + ":$PATH; ");
  }

  @Test
  void theCommandGetsTheArchiveOnItsStandardInput() throws Exception {
    byte[] archive = new byte[3 << 20]; // several times the channel's window
    new Random(1).nextBytes(archive);
    Path into = folder.resolve("loaded");
    try (TestSshServer server = sudoIs("printf '%s ' \"$@\" >" + into + ".words; cat >" + into)) {
      cli(server).load(new ByteArrayInputStream(archive));
    }
    assertThat(Files.readString(folder.resolve("loaded.words"))).isEqualTo("-n docker load -q ");
    assertThat(Files.readAllBytes(into)).isEqualTo(archive);
  }

  @Test
  void whatTheCommandSaysOfItsFailureIsTold() throws Exception {
    try (TestSshServer server = sudoIs("cat >/dev/null; echo no space left >&2; exit 1")) {
      CliEngine engine = cli(server);
      assertThatThrownBy(() -> engine.load(new ByteArrayInputStream(new byte[8 << 20])))
          .isInstanceOf(NodeException.class)
          .hasMessage("loading an image: exit code 1: no space left");
    }
  }

  @Test
  void anUploadThatNobodyTakesIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };
    long limit = TimeUnit.MILLISECONDS.toNanos(200);
    assertThatThrownBy(() -> Upload.copy(text("x"), stuck, limit, threads))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing was taken");
  }
}
