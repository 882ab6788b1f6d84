package io.github.faasbench.analysis.validity;

/**
 * Something that may spoil the figures.
 *
 * @param what was seen, with its figures
 * @param reason why that matters
 * @param remedy what to do
 */
public record Warning(String what, String reason, String remedy) {

  /** All of it in one line. */
  public String text() {
    return what + ": " + reason + ". " + remedy + ".";
  }
}
