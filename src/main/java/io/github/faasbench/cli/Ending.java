package io.github.faasbench.cli;

import io.github.faasbench.cli.Interrupts.Signal;
import io.github.faasbench.policy.catalog.PolicyJars;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How the process ends. The first signal lets what is at work stop and clean up, within a limit;
 * the second one, and the limit, end the process. Each says what is left. None of it needs the
 * thread that is at work, which may hang.
 */
final class Ending {

  /** A thread that has not heard of the stop by then is not waited for. */
  private static final long HEARS_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final long RESCUE_MILLIS = 25_000;
  private static final long HOOKS_MILLIS = 5_000;
  private static final long GRACE_MILLIS = 1_000;
  private static final long POLL_MILLIS = 50;
  private static final Stage PLAIN = new Stage() {};

  /** There is but one process. */
  static final Ending OF_PROCESS = new Ending();

  private final AtomicReference<Signal> first = new AtomicReference<>();
  private Thread worker = Thread.currentThread();
  private volatile Stage stage = PLAIN;
  private volatile long stageSinceNanos;
  private volatile boolean leaving;
  private int own;
  private int handedOn;

  private Ending() {}

  /** From now on signals, and whoever else ends the process, come here. */
  void watch(Thread main) {
    worker = main;
    Interrupts.hear(this::signal, Signal.values());
    Runtime.getRuntime().addShutdownHook(new Thread(this::endedBySomebody, "faasbench-end"));
  }

  /** The signal that came; empty: none did. */
  Optional<Signal> signal() {
    return Optional.ofNullable(first.get());
  }

  /** Says what the command is at from now on; a stop that was asked for before reaches it too. */
  void enter(Stage now) {
    stage = now;
    stageSinceNanos = System.nanoTime();
    if (first.get() != null) {
      now.stop(worker);
    }
  }

  /** Ends the process: by a signal's code, when one came. Never returns. */
  void leave(int exitCode) {
    exit(signal().map(Signal::exitCode).orElse(exitCode), HOOKS_MILLIS);
  }

  /**
   * A signal that this process and the one that started it had both is one: of those, and of those
   * that were only handed on, the greater number counts.
   */
  synchronized void signal(Signal signal) {
    int before = Math.max(own, handedOn);
    if (signal == Signal.USR1) {
      handedOn++;
    } else {
      own++;
    }
    int times = Math.max(own, handedOn);
    if (times == before) {
      return;
    }
    if (first.compareAndSet(null, signal)) {
      Stage now = stage;
      background("faasbench-stop", () -> await(signal));
      say(
          "\nstopping on "
              + name(signal)
              + ": no new work begins; "
              + now.cleaning()
              + " ("
              + now.limit().toSeconds()
              + " s at most); a second signal ends it at once");
      now.stop(worker);
    } else {
      background("faasbench-leave", () -> leaveNow("ended at once"));
    }
  }

  private static String name(Signal signal) {
    return signal == Signal.USR1 ? "a signal" : "SIG" + signal.name();
  }

  /** Ends the process when its stage's limit is over, or does not hear. */
  private void await(Signal signal) {
    long since = System.nanoTime();
    while (!leaving) {
      Stage now = stage;
      long begun = Math.max(since, stageSinceNanos);
      long passed = System.nanoTime() - begun;
      if (!now.heard() && passed > HEARS_NANOS) {
        List<String> lines = new ArrayList<>();
        lines.add("what is at work does not hear of the stop, and is not waited for");
        PolicyJars.at(worker.getStackTrace())
            .ifPresent(at -> lines.add("it is in a policy: " + at));
        say(lines);
        within(now.limit().toNanos() - passed, now::rescue);
        leaveNow("ended without it");
      } else if (passed > now.limit().toNanos()) {
        PolicyJars.at(worker.getStackTrace()).ifPresent(at -> say("it is in a policy: " + at));
        worker.interrupt(); // a file that is half written goes
        pause(GRACE_MILLIS);
        leaveNow("ended after " + now.limit().toSeconds() + " s");
      }
      pause(POLL_MILLIS);
    }
  }

  /** Something called {@link System#exit} that is not ours: a policy's class, or a library. */
  private void endedBySomebody() {
    if (leaving) {
      return;
    }
    leaving = true;
    Stage now = stage;
    Collection<StackTraceElement[]> stacks = Thread.getAllStackTraces().values();
    String who =
        stacks.stream()
            .filter(Ending::exits)
            .flatMap(stack -> PolicyJars.at(stack).stream())
            .findFirst()
            .map(at -> "a policy ended the program by System.exit: " + at)
            .orElse("something ended the program by System.exit");
    say("\n" + who + "; " + now.cleaning());
    now.stop(worker);
    within(TimeUnit.MILLISECONDS.toNanos(RESCUE_MILLIS), now::rescue);
    say(left(now, "the run is not whole"));
    Runtime.getRuntime().halt(JarProcess.status(ExitCode.MISTAKE));
  }

  private static boolean exits(StackTraceElement... stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals("java.lang.Shutdown")) {
        return true;
      }
    }
    return false;
  }

  private void leaveNow(String how) {
    leaving = true;
    say(left(stage, how));
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    exit(first.get().exitCode(), GRACE_MILLIS);
  }

  private static List<String> left(Stage stage, String how) {
    AtomicReference<List<String>> left = new AtomicReference<>(List.of());
    within(TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS), () -> left.set(stage.left()));
    List<String> lines = new ArrayList<>();
    lines.add(how + (left.get().isEmpty() ? "" : "; what is left:"));
    left.get().forEach(line -> lines.add("  " + line));
    lines.addAll(stage.advice());
    return lines;
  }

  /** Hooks run, such as the one that lets a terminal show again what is typed; but not for ever. */
  private void exit(int exitCode, long hooksMillis) {
    leaving = true;
    int status = JarProcess.status(exitCode);
    background(
        "faasbench-halt",
        () -> {
          pause(hooksMillis);
          Runtime.getRuntime().halt(status);
        });
    System.exit(status);
  }

  private static void say(String line) {
    say(List.of(line));
  }

  /** A terminal or pipe that takes nothing any more must not hold the end up. */
  private static void say(List<String> lines) {
    within(
        TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS),
        () -> {
          var err = VisibleWriter.around(new PrintWriter(new OutputStreamWriter(System.err), true));
          lines.forEach(err::println);
          err.flush();
        });
  }

  private static void within(long nanos, Runnable step) {
    try {
      background("faasbench-step", step).join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread background(String name, Runnable action) {
    var thread = new Thread(action, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
