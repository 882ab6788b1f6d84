package io.github.faasbench.cluster.ssh;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/**
 * What a node's login shell does to commands: each one starts it, and what it prints by itself
 * comes before what the command prints.
 *
 * @param startNanos median of starting it for the command {@code true}
 * @param usable whether it carries commands out
 * @param trouble what it does that it should not, with the remedy; empty: nothing
 */
record LoginShell(long startNanos, boolean usable, String trouble) {
  /** Before it was tried, or where that could not be. */
  static final LoginShell UNKNOWN = new LoginShell(0, true, "");

  private static final int SAMPLES = 5;

  /** What takes longer is not done several times. */
  private static final long QUICK_NANOS = 1_000_000_000;

  /** Half of what a node's load may take. */
  private static final long SLOW_NANOS = 5_000_000_000L;

  private static final long LIMIT_MILLIS = 30_000;
  private static final int SHOWN = 120;

  /** Tries it; a slow one fewer times. */
  static LoginShell of(SshLink link) throws NodeException {
    return of(link, LIMIT_MILLIS);
  }

  /**
   * The same.
   *
   * @param limitMillis for one command
   */
  static LoginShell of(SshLink link, long limitMillis) throws NodeException {
    String login = link.login().user();
    String word = UUID.randomUUID().toString();
    var out = new OutputCapture(16 << 10);
    var err = new OutputCapture(16 << 10);
    long begun = System.nanoTime();
    int status;
    try {
      status = link.exec("echo " + word, out, err).await(limitMillis).status();
    } catch (IOException e) {
      return new LoginShell(
          System.nanoTime() - begun, false, endless(login, e, printed(out.text() + err.text())));
    }
    long first = System.nanoTime() - begun;
    int at = out.text().indexOf(word);
    if (at < 0) {
      return new LoginShell(first, false, deaf(login, status, printed(out.text() + err.text())));
    }
    String before = out.text().substring(0, at) + out.text().substring(at + word.length());
    long start = first > QUICK_NANOS ? first : median(link, first);
    return new LoginShell(start, true, spoken(login, printed(before)) + slow(login, first));
  }

  private static long median(SshLink link, long first) throws NodeException {
    long[] samples = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long start = System.nanoTime();
      try {
        link.ask("true", LIMIT_MILLIS);
      } catch (IOException e) {
        return first; // it did answer once
      }
      samples[i] = System.nanoTime() - start;
    }
    Arrays.sort(samples);
    return samples[SAMPLES / 2];
  }

  private static String endless(String login, IOException why, String printed) {
    return "the login shell of "
        + login
        + " did not carry out `echo` ("
        + NodeException.oneLine(why.getMessage())
        + ")"
        + printed
        + ": it waits or works at its start; look at its start-up files (.bashrc, .profile), at home"
        + " folders on a network, and at the node's load";
  }

  private static String deaf(String login, int status, String printed) {
    return "the login shell of "
        + login
        + " does not carry out commands: `echo` ended with exit code "
        + status
        + printed
        + "; give the user a shell such as /bin/bash, and let no forced command, nologin or exit"
        + " in .bashrc come first";
  }

  private static String spoken(String login, String printed) {
    return printed.isEmpty()
        ? ""
        : "the login shell of "
            + login
            + " prints by itself"
            + printed
            + ", which is taken for a command's answer: let its start-up files (.bashrc, .zshenv,"
            + " BASH_ENV) print to terminals only: [ -t 1 ] && echo …";
  }

  private static String slow(String login, long nanos) {
    return nanos <= SLOW_NANOS
        ? ""
        : String.format(
            Locale.ROOT,
            "the login shell of %s takes %.1f s until it carries out a command, and the load has 10 s"
                + " to answer: look at its start-up files (.bashrc, .profile), at home folders on a"
                + " network, and at the node's load",
            login,
            nanos / 1e9);
  }

  private static String printed(String text) {
    return text.isBlank() ? "" : ": '" + NodeException.shown(text.strip(), SHOWN) + "'";
  }
}
