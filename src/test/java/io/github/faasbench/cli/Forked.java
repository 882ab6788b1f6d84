package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own, to be killed. */
final class Forked {
  private final Path home;
  private final Path out;
  private final Path err;
  private final Process process;
  private boolean killed;

  /** {@code run e.yaml --no-report --resume} in that folder. */
  Forked(Path home) throws IOException {
    this(home, "run e.yaml --no-report --resume");
  }

  /**
   * Any command.
   *
   * @param command what a shell reads as its words
   * @param before other commands of that shell
   */
  Forked(Path home, String command, String... before) throws IOException {
    this.home = home;
    out = Files.createTempFile(home, "out", ".txt");
    err = Files.createTempFile(home, "err", ".txt");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String shell =
        String.join("; ", before)
            + (before.length > 0 ? "; " : "")
            // A shell's background processes have the interrupt ignored, those under nohup the
            // hang-up, and hand that on.
            + "exec env --default-signal="
            + (String.join(";", before).contains("HUP") ? "INT" : "INT,HUP")
            + " \"$0\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
            + " -cp \"$1\" \"$2\" "
            + command;
    process =
        new ProcessBuilder(
                "bash",
                "-c",
                shell,
                java,
                System.getProperty("java.class.path"),
                Main.class.getName())
            .directory(home.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
  }

  /** Waits until the run has begun, or gone on. */
  void awaitBegin() throws Exception {
    await("simulated: it runs as fast");
  }

  void await(String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (process.isAlive() && !errors().contains(text)) {
      assertThat(System.nanoTime()).as(errors()).isLessThan(end);
      Thread.sleep(1);
    }
  }

  /** As soon as the CSV has so many bytes: the machine may be slow or fast. */
  void killAt(long bytes) throws Exception {
    awaitRows(bytes);
    kill();
  }

  /** Waits until the CSV has so many bytes. */
  void awaitRows(long bytes) throws Exception {
    awaitBegin();
    Path csv = home.resolve("out/metrics.csv");
    while (process.isAlive() && Files.size(csv) < bytes) {
      Thread.onSpinWait();
    }
  }

  void killAfter(long nanos) throws Exception {
    awaitBegin();
    process.waitFor(nanos, TimeUnit.NANOSECONDS);
    kill();
  }

  private void kill() throws Exception {
    killed = process.isAlive();
    process.destroyForcibly(); // SIGKILL
    process.waitFor();
    killed &= process.exitValue() == 137;
    assertThat(killed || process.exitValue() == 4 || process.exitValue() == 0)
        .as(errors())
        .isTrue();
  }

  /** What Ctrl-C sends. */
  void interrupt() throws Exception {
    signal("INT");
  }

  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  boolean wasKilled() {
    return killed;
  }

  int end() throws Exception {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(out);
  }

  String errors() throws IOException {
    return Files.readString(err);
  }
}
