package io.github.faasbench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packed jar as a process in the project's folder, output and errors together. */
final class PackedJar {

  static final Path JAR = Path.of(System.getProperty("faasbench.jar")).toAbsolutePath();

  private final Process process;
  private final Path output;

  private PackedJar(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  record Result(int exitCode, String output) {}

  static Result run(List<String> options, String... arguments) throws Exception {
    return start(options, arguments).end(300);
  }

  static PackedJar start(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // Who is started in the background by a shell gets the interrupt ignored, and hands it on.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("faasbench", ".txt");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    return new PackedJar(builder.redirectOutput(output.toFile()).start(), output);
  }

  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Something that holds or does not, now. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Waits until it holds, while the process runs. */
  void await(String what, Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      if (!isAlive() || System.nanoTime() > end) {
        throw new AssertionError("waiting for " + what + ", with this output: " + output());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Whether it has printed that. */
  boolean says(String text) throws IOException {
    return output().contains(text);
  }

  /** What Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** What {@code kill -9} does. */
  void kill() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    Files.delete(output);
  }

  /** Waits for its end, and ends it when that does not come in time. */
  Result end(int limitSeconds) throws IOException, InterruptedException {
    boolean ended = process.waitFor(limitSeconds, TimeUnit.SECONDS);
    String text = output();
    process.destroyForcibly();
    Files.delete(output);
    if (!ended) {
      throw new AssertionError("no end within " + limitSeconds + " s; it printed:\n" + text);
    }
    return new Result(process.exitValue(), text);
  }
}
