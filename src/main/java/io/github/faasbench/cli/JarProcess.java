package io.github.faasbench.cli;

import io.github.faasbench.cli.Interrupts.Signal;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A process for users' policies. Their classes can end the Java virtual machine that they are in
 * ({@code Runtime.halt}), and nothing in it can then say so: a command that needs jars is therefore
 * carried out by a second process, and the first one waits for it. The second one's exit codes are
 * changed in one bit, so that an exit code that is not changed was not faasbench's.
 */
final class JarProcess {

  /** In the second process: the first one's id. */
  private static final String PARENT = "faasbench.parent";

  private static final int CHANGED_BIT = 64;

  /** Codes of commands that came to their end. */
  private static final Set<Integer> ENDS =
      Set.of(
          ExitCode.DONE,
          ExitCode.BUG,
          ExitCode.MISTAKE,
          ExitCode.UNREACHABLE,
          ExitCode.CALLS_FAILED,
          ExitCode.UNDECIDED,
          ExitCode.CHECK_MISSED);

  private static final Set<Integer> SIGNALLED =
      Set.of(Signal.HUP.exitCode(), Signal.INT.exitCode(), Signal.TERM.exitCode());

  /** The second signal ends the second process at once; this one ends it whatever it does. */
  private static final int SIGNALS_THAT_KILL = 3;

  private static String[] arguments;

  private Process process;
  private Signal first;
  private int signals;

  private JarProcess() {}

  /** Thrown by what is about to load a user's class in the first process. */
  static final class Needed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String jars;

    Needed(String jars) {
      super("policy jars are for a process of their own", null, false, false);
      this.jars = jars;
    }
  }

  /** In a program of its own, not in a test's. */
  static void arm(String... given) {
    if (!isSecond()) {
      arguments = given.clone();
      return;
    }
    long parent = Long.getLong(PARENT);
    ProcessHandle.current()
        .parent()
        .filter(handle -> handle.pid() == parent)
        .ifPresent(handle -> handle.onExit().thenRun(() -> Ending.OF_PROCESS.signal(Signal.HUP)));
  }

  /**
   * Goes no further in the first process.
   *
   * @param jars that are about to be opened
   * @throws Needed there
   */
  static void require(List<Path> jars) {
    if (arguments != null) {
      throw new Needed(
          jars.stream()
              .map(Path::getFileName)
              .map(Path::toString)
              .collect(Collectors.joining(", ")));
    }
  }

  private static boolean isSecond() {
    return Long.getLong(PARENT) != null;
  }

  /** An exit code as this process says it. */
  static int status(int exitCode) {
    return isSecond() ? exitCode ^ CHANGED_BIT : exitCode;
  }

  /** Carries the command out in a second process; answers its exit code. */
  static int run(Needed needed, PrintWriter err) throws IOException, InterruptedException {
    err.flush();
    return new JarProcess().carryOut(needed.jars, err);
  }

  private int carryOut(String jars, PrintWriter err) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    synchronized (this) {
      process = new ProcessBuilder(command).inheritIO().start();
    }
    Interrupts.hear(this::handOn, Signal.HUP, Signal.INT, Signal.TERM);
    int status = process.waitFor();
    int exitCode = status ^ CHANGED_BIT;
    if (SIGNALLED.contains(exitCode)) {
      return first == null ? exitCode : first.exitCode();
    }
    if (ENDS.contains(exitCode)) {
      return exitCode;
    }
    err.println(
        "the process that runs the classes of "
            + jars
            + " ended with code "
            + status
            + " before the command had ended: one of them called Runtime.halt, or somebody killed"
            + " it. Rows of a run are missing then: mend the jar, and go on by --resume; `"
            + CommandText.of("clean")
            + "` removes what is left on real nodes");
    return ENDS.contains(status) ? ExitCode.MISTAKE : status;
  }

  /** By a shell's own command: Java can only terminate. */
  private synchronized void handOn(Signal signal) {
    if (first == null) {
      first = signal;
    }
    if (++signals >= SIGNALS_THAT_KILL) {
      process.destroyForcibly();
      return;
    }
    try {
      new ProcessBuilder("sh", "-c", "kill -USR1 \"$0\"", Long.toString(process.pid())).start();
    } catch (IOException e) {
      process.destroy();
    }
  }
}
