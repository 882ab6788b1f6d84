package io.github.faasbench.provision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs commands on this machine; a fake in tests. */
public interface ProcessRunner {

  /** How lines that a command printed begin, where steps and such lines go to one listener. */
  String DETAIL = "  ";

  /** The exit code of a command that is not there, as in a shell. */
  int NOT_FOUND = 127;

  /**
   * Runs a command to its end, or ends it with its children at the limit.
   *
   * @throws InterruptedException when interrupted; the command and its children are ended first
   */
  Outcome run(Command command) throws InterruptedException;

  /**
   * Starts a command whose standard output is read as bytes: at its end a read throws when the
   * command failed, with what it said. Closing the stream ends the command, which has no limit of
   * its own.
   *
   * @throws IOException when there is no such program
   */
  InputStream stream(Command command) throws IOException;

  /**
   * One command.
   *
   * @param words program and arguments; no shell sees them
   * @param directory working directory; empty: this process's
   * @param environment variables beside those of this process; never printed
   * @param limit the time after which it is ended
   * @param lines gets every line of its output, as it comes, one at a time
   */
  record Command(
      List<String> words,
      Optional<Path> directory,
      Map<String, String> environment,
      Duration limit,
      Consumer<String> lines) {

    public Command {
      words = List.copyOf(words);
      environment = Map.copyOf(environment);
    }

    static Command of(Duration limit, List<String> words) {
      return new Command(words, Optional.empty(), Map.of(), limit, line -> {});
    }

    /** The listener gets output lines indented, so that they are told from steps. */
    Command with(Map<String, String> variables, Consumer<String> listener) {
      return new Command(
          words, directory, variables, limit, line -> listener.accept(DETAIL + line));
    }

    /** As a user would type it. */
    @Override
    public String toString() {
      return String.join(" ", words);
    }
  }

  /**
   * How a command ended.
   *
   * @param exitCode {@link #NOT_FOUND} when there is no such program
   * @param timedOut true: it was ended at its limit
   * @param output its standard output, line by line
   * @param tail the last lines of standard output and error, as they came
   */
  record Outcome(int exitCode, boolean timedOut, List<String> output, List<String> tail) {

    public Outcome {
      output = List.copyOf(output);
      tail = List.copyOf(tail);
    }

    boolean ok() {
      return exitCode == 0 && !timedOut;
    }

    boolean notFound() {
      return exitCode == NOT_FOUND && !timedOut;
    }
  }
}
