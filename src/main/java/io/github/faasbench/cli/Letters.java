package io.github.faasbench.cli;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.util.Optional;

/**
 * Whether names may hold letters beyond ASCII: Java reads arguments and names of files by the
 * locale it was started with, and takes what that does not have for U+FFFD. The launcher sets a
 * locale; this is for those who start the jar themselves, and for machines without one.
 */
final class Letters {

  private static final char LOST = '\uFFFD';

  private Letters() {}

  /** What was lost before the program began, and what to do; empty: nothing. */
  static Optional<String> lost(String[] arguments) {
    if (anyLetter()) {
      return Optional.empty();
    }
    for (String argument : arguments) {
      if (argument.indexOf(LOST) >= 0) {
        return Optional.of("the argument '" + shown(argument) + "' " + remedy());
      }
    }
    for (String folder : new String[] {"user.dir", "user.home"}) {
      String path = System.getProperty(folder, "");
      if (path.indexOf(LOST) >= 0 || folder.equals("user.dir") && !new File(path).isDirectory()) {
        String what = folder.equals("user.dir") ? "working" : "home";
        return Optional.of("the " + what + " folder '" + shown(path) + "' " + remedy());
      }
    }
    return Optional.empty();
  }

  /** Of a name that is no path here. */
  static String message(InvalidPathException e) {
    String input = e.getInput();
    return anyLetter()
        ? "'" + input + "' can't be a path: " + e.getReason()
        : "the path '" + input + "' " + remedy();
  }

  private static String shown(String text) {
    return text.replace(LOST, '?');
  }

  private static boolean anyLetter() {
    return charset().equalsIgnoreCase("UTF-8");
  }

  private static String charset() {
    return System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
  }

  private static String remedy() {
    return "has letters that the locale does not have (its character set is "
        + charset()
        + "): start faasbench with one that has them, LC_ALL=C.UTF-8 or another of those that"
        + " `locale -a` lists with utf8";
  }
}
