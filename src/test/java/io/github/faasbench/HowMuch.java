package io.github.faasbench;

/** How much a test does of what can be done without end: {@code .ci/full} asks for more. */
public final class HowMuch {

  private static final boolean LONG = "1".equals(System.getenv("FAASBENCH_LONG"));

  private HowMuch() {}

  /** The second number in {@code .ci/full}, else the first. */
  public static int of(int usual, int full) {
    return LONG ? full : usual;
  }
}
