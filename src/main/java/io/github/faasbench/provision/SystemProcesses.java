package io.github.faasbench.provision;

import io.github.faasbench.words.FileErrors;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs commands as processes of the operating system, their standard input closed. */
public final class SystemProcesses implements ProcessRunner {

  private static final int TAIL_LINES = 25;
  private static final long GRACE_MILLIS = 5_000;

  @Override
  public Outcome run(Command command) throws InterruptedException {
    var builder = new ProcessBuilder(command.words());
    command.directory().ifPresent(directory -> builder.directory(directory.toFile()));
    builder.environment().putAll(command.environment());
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      return new Outcome(NOT_FOUND, false, List.of(), List.of(String.valueOf(e.getMessage())));
    }
    var capture = new Capture(command.lines());
    Thread output = capture.start(process.getInputStream(), true);
    Thread error = capture.start(process.getErrorStream(), false);
    boolean ended = false;
    try {
      ended = process.waitFor(command.limit().toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (!ended) {
        end(process);
      }
    }
    // A grandchild that holds the pipe open must not hold us.
    output.join(GRACE_MILLIS);
    error.join(GRACE_MILLIS);
    return capture.outcome(ended ? process.exitValue() : -1, !ended);
  }

  @Override
  public InputStream stream(Command command) throws IOException {
    Process process = new ProcessBuilder(command.words()).start();
    process.getOutputStream().close();
    var capture = new Capture(command.lines());
    Thread error = capture.start(process.getErrorStream(), false);
    return new FilterInputStream(process.getInputStream()) {
      @Override
      public int read() throws IOException {
        return checked(super.read());
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        return checked(super.read(into, from, length));
      }

      private int checked(int read) throws IOException {
        if (read < 0) {
          try {
            int exitCode = process.waitFor();
            error.join(GRACE_MILLIS);
            if (exitCode != 0) {
              String said = String.join("; ", capture.outcome(exitCode, false).tail());
              throw new IOException("`" + command + "` failed: " + said);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
          }
        }
        return read;
      }

      @Override
      public void close() throws IOException {
        process.destroy();
        super.close();
      }
    };
  }

  private static void end(Process process) throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    children.forEach(ProcessHandle::destroy);
    boolean interrupted = Thread.interrupted();
    boolean gone = false;
    try {
      gone = process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } finally {
      // Also when a second interrupt cuts the grace short.
      if (!gone) {
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Output of one process, collected by two threads. */
  private static final class Capture {
    private final Consumer<String> lines;
    private final List<String> output = new ArrayList<>();
    private final Deque<String> tail = new ArrayDeque<>();

    Capture(Consumer<String> lines) {
      this.lines = lines;
    }

    Thread start(InputStream stream, boolean standardOutput) {
      var thread = new Thread(() -> read(stream, standardOutput), "faasbench-output");
      thread.setDaemon(true);
      thread.start();
      return thread;
    }

    private void read(InputStream stream, boolean standardOutput) {
      try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          add(line, standardOutput);
        }
      } catch (IOException | UncheckedIOException e) {
        add("(its output ended early: " + FileErrors.of(e) + ")", false);
      }
    }

    private synchronized void add(String line, boolean standardOutput) {
      if (standardOutput) {
        output.add(line);
      }
      tail.addLast(line);
      if (tail.size() > TAIL_LINES) {
        tail.removeFirst();
      }
      lines.accept(line);
    }

    synchronized Outcome outcome(int exitCode, boolean timedOut) {
      return new Outcome(exitCode, timedOut, output, new ArrayList<>(tail));
    }
  }
}
