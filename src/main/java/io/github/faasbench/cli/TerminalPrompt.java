package io.github.faasbench.cli;

import io.github.faasbench.cluster.ssh.session.LoginSettings.Prompt;
import java.io.Console;

/** Asks at the terminal, where there is one. */
final class TerminalPrompt implements Prompt {

  @Override
  public char[] ask(String question) {
    Console console = System.console();
    if (console == null || !isTerminal(console)) {
      return null;
    }
    char[] typed = console.readPassword("%s", question);
    return typed == null || typed.length == 0 ? null : typed;
  }

  /** From Java 22 on there is a console without a terminal, which says so by this method. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
