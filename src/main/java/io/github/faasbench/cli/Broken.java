package io.github.faasbench.cli;

/**
 * A {@code java.lang.Error}, such as one of no memory, on its way to the user as other bugs are.
 */
final class Broken extends Exception {

  private static final long serialVersionUID = 1L;

  Broken(Error why) {
    super(why);
  }

  /** For the user. */
  String text() {
    Throwable why = getCause();
    if (why instanceof OutOfMemoryError) {
      return "faasbench: not enough memory ("
          + why.getMessage()
          + "); give it more, as in FAASBENCH_JAVA_OPTS=-Xmx4g, or a smaller task";
    }
    return "faasbench: a bug, please report it: " + why;
  }
}
