package io.github.faasbench.experiment;

/**
 * How often something happens, as in {@code 5/s}.
 *
 * @param perSecond above 0
 */
public record Rate(double perSecond) {

  /** As the experiment file takes it. */
  @Override
  public String toString() {
    return Units.show(perSecond) + "/s";
  }
}
