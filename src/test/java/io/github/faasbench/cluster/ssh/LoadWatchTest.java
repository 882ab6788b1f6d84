package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node's load as it is pushed over SSH, by scripts that do as they should and others. */
@Timeout(60)
class LoadWatchTest {
  private static final String LINE = "{\"cpu\": 1.5, \"ram\": 40}";
  private static final Duration INTERVAL = Duration.ofMillis(200);

  @TempDir private Path folder;
  private final ExecutorService threads = DaemonThreads.start();
  private final WallClockLoop loop = new WallClockLoop();
  private final List<LoadReading> readings = new ArrayList<>();
  private final List<Optional<NodeFailure>> unread = new ArrayList<>();
  private TestSshServer server;
  private SshLink link;
  private LoadWatch watch;

  private final LoadWatch.Follower follower =
      new LoadWatch.Follower() {
        @Override
        public void read(LoadReading reading) {
          readings.add(reading);
        }

        @Override
        public void unread(Optional<NodeFailure> failure) {
          unread.add(failure);
        }
      };

  @BeforeEach
  void start() throws Exception {
    server = new TestSshServer();
    link = server.link(folder, Optional.empty(), line -> {});
  }

  @AfterEach
  void end() throws IOException {
    link.close();
    server.close();
    threads.shutdownNow();
  }

  /** Starts to follow a script that does this each time it is started, and notes its starts. */
  private void follow(String body) throws Exception {
    Path script = Files.writeString(folder.resolve("metrics"), "#!/bin/bash\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.writeString(script, "#!/bin/bash\necho $$ >> " + starts() + "\n" + body);
    LoadProbe probe = new LoadProbe(link, script.toString(), "", loop);
    watch = new LoadWatch("n1", probe, INTERVAL, threads, loop);
    watch.connect();
    watch.follow(follower);
  }

  private void followOurs() throws Exception {
    Path script = Path.of("nodes/get_node_metrics.sh").toAbsolutePath();
    follow("exec bash " + script + " \"$@\"");
  }

  private Path starts() {
    return folder.resolve("starts");
  }

  private long timesStarted() throws IOException {
    return Files.readAllLines(starts()).size();
  }

  /** Runs the loop, looking often. */
  private void until(BooleanSupplier done) throws InterruptedException {
    tick();
    loop.runUntil(done);
  }

  private void tick() {
    loop.after(5_000_000, this::tick);
  }

  private void pass(long millis) throws InterruptedException {
    long end = loop.nowNanos() + TimeUnit.MILLISECONDS.toNanos(millis);
    until(() -> loop.nowNanos() >= end);
  }

  private LoadReading ask() {
    return Answer.<LoadReading>to(loop, watch::load).value();
  }

  @Test
  void readingsComeByThemselvesAndAnswerQuestionsAtOnce() throws Exception {
    followOurs();
    assertThat(readings).as("what is known is told at once").hasSize(1);
    until(() -> readings.size() == 4);
    for (int i = 1; i < 4; i++) {
      long gap = readings.get(i).takenAtNanos() - readings.get(i - 1).takenAtNanos();
      assertThat(gap).isBetween(INTERVAL.toNanos() / 4, 10 * INTERVAL.toNanos());
    }
    assertThat(readings.get(3).ramPercent()).isBetween(0.0, 100.0);
    assertThat(ask()).isEqualTo(readings.get(readings.size() - 1));
    assertThat(timesStarted()).isEqualTo(1);
    assertThat(unread).isEmpty();
  }

  @Test
  void aScriptThatEndsBeforeItsFirstReadingIsTold() {
    assertThatThrownBy(() -> follow("echo no cgroups here >&2; exit 3"))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("ended, exit 3 no cgroups here")
        .hasMessageContaining("`faasbench doctor`");
  }

  @Test
  void aWatchThatEndsIsStartedAnewLessAndLessOften() throws Exception {
    follow("echo '" + LINE + "'");
    pass(3_000);
    assertThat(readings.size()).isGreaterThan(2);
    assertThat(timesStarted()).isBetween(3L, 6L); // at 0, 0, 0.25, 0.75, 1.75 s
    assertThat(unread).as("each reading holds for two seconds").isEmpty();
  }

  @Test
  void aWatchThatFallsSilentHasNoLoadAndIsReplaced() throws Exception {
    follow("[[ $(wc -l < " + starts() + ") == 2 ]] || echo '" + LINE + "'; exec sleep 60");
    until(() -> !unread.isEmpty());
    long age = loop.nowNanos() - readings.get(0).takenAtNanos();
    assertThat(age).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(2));
    NodeFailure failure = unread.get(0).orElseThrow();
    assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.UNREACHABLE);
    assertThat(failure.message()).contains("no reading came");
    // The second one says nothing at all and is replaced too; the third speaks.
    until(() -> readings.size() == 2);
    assertThat(unread).hasSizeBetween(2, 4);
    assertThat(timesStarted()).isEqualTo(3);
  }

  @Test
  void aWatchThatTalksJunkIsToldByItsLine() throws Exception {
    follow(
        "echo '"
            + LINE
            + "'; while sleep 0.1; do printf '{\"cpu\": 1e999, \"ram\": \\033[31m}\\n'; done");
    until(() -> !unread.isEmpty());
    NodeFailure failure = unread.get(0).orElseThrow();
    assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.GARBLED);
    assertThat(failure.message())
        .contains("answered '{\"cpu\": 1e999")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
        .hasSizeLessThan(300);
  }

  @Test
  void aWatchThatPrintsALineWithoutEndIsTold() throws Exception {
    follow("echo '" + LINE + "'; while :; do printf 0123456789abcdef; done");
    until(() -> !unread.isEmpty());
    assertThat(unread.get(0).orElseThrow().message())
        .contains("answered '0123456789")
        .hasSizeLessThan(300);
  }

  @Test
  void aWatchThatFloodsIsEndedAndFillsNoMemory() throws Exception {
    follow("while :; do echo '" + LINE + "'; done");
    pass(1_000);
    assertThat(readings.size()).as("50 a watch at most").isLessThan(250);
    assertThat(timesStarted()).isBetween(2L, 4L);
  }

  @Test
  void aConnectionThatIsLostIsMadeAnewWhileTheReadingHolds() throws Exception {
    followOurs();
    until(() -> readings.size() == 2);
    server.dropSessions();
    until(() -> readings.size() == 5);
    assertThat(unread).isEmpty();
    assertThat(timesStarted()).isEqualTo(2);
  }

  @Test
  void aQuestionWhileTheNodeWasAwayIsAnsweredByANewWatch() throws Exception {
    follow(
        "[[ $(wc -l < "
            + starts()
            + ") == 1 || -e "
            + folder.resolve("back")
            + " ]] || exit 1; echo '"
            + LINE
            + "'");
    until(() -> unread.size() == 2);
    int before = readings.size();
    Files.createFile(folder.resolve("back"));
    assertThat(ask().cpuPercent()).isEqualTo(1.5);
    assertThat(readings.size()).as("told before it is answered").isGreaterThan(before);
  }

  @Test
  void aNodeThatIsNotFollowedRunsNoWatchUntilItIsAgain() throws Exception {
    followOurs();
    until(() -> readings.size() == 2);
    long script = Long.parseLong(Files.readAllLines(starts()).get(0));
    watch.follow(false);
    assertThat(unread).containsExactly(Optional.empty());
    until(() -> ProcessHandle.of(script).filter(ProcessHandle::isAlive).isEmpty());
    int known = readings.size();
    pass(500);
    assertThat(readings).hasSize(known);
    watch.follow(true);
    until(() -> readings.size() > known);
    assertThat(timesStarted()).isEqualTo(2);
  }
}
