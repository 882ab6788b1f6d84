package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.provision.ProcessRunner.Command;
import io.github.faasbench.provision.ProcessRunner.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemProcessesTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final ProcessRunner processes = new SystemProcesses();

  private static Command shell(String script, Duration limit) {
    return Command.of(limit, List.of("sh", "-c", script));
  }

  @Test
  void outputIsApartFromErrorsAndTheTailHoldsBoth() throws Exception {
    var lines = new ArrayList<String>();
    Command command = shell("echo out; echo err >&2; echo $COLOUR; exit 3", Duration.ofSeconds(20));
    Outcome outcome = processes.run(command.with(Map.of("COLOUR", "blue"), lines::add));
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.timedOut()).isFalse();
    assertThat(outcome.output()).containsExactly("out", "blue");
    assertThat(outcome.tail()).containsExactlyInAnyOrder("out", "err", "blue");
    assertThat(lines).containsExactlyInAnyOrder("  out", "  err", "  blue");
  }

  @Test
  void theTailKeepsTheLastLines() throws Exception {
    Outcome outcome = processes.run(shell("seq 1 100", Duration.ofSeconds(20)));
    assertThat(outcome.tail())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(76, 100).mapToObj("%d"::formatted).toList());
    assertThat(outcome.output()).hasSize(100);
  }

  @Test
  void aMissingProgramIsExitCode127AsInAShell() throws Exception {
    Outcome outcome =
        processes.run(Command.of(Duration.ofSeconds(20), List.of("faasbench-no-such-program")));
    assertThat(outcome.notFound()).isTrue();
    assertThat(outcome.tail().get(0)).contains("faasbench-no-such-program");
  }

  @Test
  void atItsLimitACommandEndsWithItsChildren(@TempDir Path folder) throws Exception {
    Path pid = folder.resolve("pid");
    Outcome outcome =
        processes.run(
            shell("sleep 600 & echo $! > " + pid + "; echo begun; wait", Duration.ofSeconds(1)));
    assertThat(outcome.timedOut()).isTrue();
    assertThat(outcome.ok()).isFalse();
    assertThat(outcome.output()).containsExactly("begun");
    assertGone(pid);
  }

  @Test
  void anInterruptEndsTheCommand(@TempDir Path folder) throws Exception {
    Path pid = folder.resolve("pid");
    var caller = Thread.currentThread();
    Command command =
        shell("sleep 600 & echo $! > " + pid + "; echo begun; wait", LONG)
            .with(Map.of(), line -> interruptAt("  begun", line, caller));
    assertThatThrownBy(() -> processes.run(command)).isInstanceOf(InterruptedException.class);
    assertGone(pid);
  }

  /** Once: a shell that is ended may say so in another line. */
  private static void interruptAt(String awaited, String line, Thread caller) {
    if (line.equals(awaited)) {
      caller.interrupt();
    }
  }

  @Test
  void moreInterruptsWhileTheCommandEndsLeaveNothingRunning(@TempDir Path folder) throws Exception {
    Path pid = folder.resolve("pid");
    var begun = new CountDownLatch(1);
    Command deafToTerm =
        shell("trap '' TERM; echo $$ > " + pid + "; echo begun; while :; do sleep 0.1; done", LONG)
            .with(Map.of(), line -> begun.countDown());
    var interrupted = new AtomicBoolean();
    var caller =
        new Thread(
            () -> {
              try {
                processes.run(deafToTerm);
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
            });
    caller.start();
    begun.await();
    while (caller.isAlive()) {
      caller.interrupt();
      caller.join(10);
    }
    assertThat(interrupted).isTrue();
    assertGone(pid);
  }

  private static void assertGone(Path pid) throws Exception {
    var child = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
    if (child.isPresent()) {
      child.get().onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aStreamHoldsTheBytesAndNotWhatTheCommandSaysBesides() throws Exception {
    Command command = shell("printf '\\000\\377'; echo remark >&2", Duration.ZERO);
    try (InputStream stream = processes.stream(command)) {
      assertThat(stream.readAllBytes()).containsExactly(0, 0xff);
    }
  }

  @Test
  void aStreamOfACommandThatFailsEndsWithWhatItSaid() throws Exception {
    Command command = shell("echo half; echo no such image >&2; exit 1", Duration.ZERO);
    try (InputStream stream = processes.stream(command)) {
      assertThatThrownBy(stream::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("failed: no such image");
    }
  }

  @Test
  void closingAStreamEndsItsCommand() throws Exception {
    InputStream stream = processes.stream(shell("echo $$; exec sleep 100", Duration.ZERO));
    byte[] line = new byte[20];
    long pid =
        Long.parseLong(new String(line, 0, stream.read(line), StandardCharsets.UTF_8).strip());
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    stream.close();
    process.onExit().get(20, TimeUnit.SECONDS);
    assertThat(process.isAlive()).isFalse();
  }
}
