package io.github.faasbench.provision;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Says from time to time how far a long command is, from what it prints: a build takes minutes, and
 * its lines are shown only on demand. A quick command says nothing.
 */
final class Heartbeat implements Consumer<String>, AutoCloseable {

  static final Duration EVERY = Duration.ofSeconds(15);

  /**
   * As Docker's builder prints a step, {@code Step 3/9 : RUN …}, and buildx, {@code #8 [2/6] …}.
   */
  private static final Pattern STEP =
      Pattern.compile("(?:Step \\d+/\\d+ : |#\\d+ \\[[^\\]]*\\d+/\\d+\\] ).*");

  private static final int MOST_LETTERS = 60;

  private final String command;
  private final Consumer<String> progress;
  private final Timer timer = new Timer("heartbeat", true);
  private final long began = System.nanoTime();
  private String step = "";

  /**
   * One that beats until it is closed.
   *
   * @param command what is waited for
   * @param every how often it says so
   * @param progress gets the command's lines, and a line at each beat; one at a time
   */
  Heartbeat(String command, Duration every, Consumer<String> progress) {
    this.command = command;
    this.progress = progress;
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            beat();
          }
        },
        every.toMillis(),
        every.toMillis());
  }

  @Override
  public synchronized void accept(String line) {
    if (STEP.matcher(line.strip()).matches()) {
      step = line.strip();
    }
    progress.accept(line);
  }

  private synchronized void beat() {
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    String where = step.isEmpty() ? "" : ": " + cut(step);
    progress.accept(command + ", " + seconds + " s so far" + where);
  }

  private static String cut(String text) {
    return text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS - 1) + "…";
  }

  /** No beat comes after it. */
  @Override
  public synchronized void close() {
    timer.cancel();
  }
}
