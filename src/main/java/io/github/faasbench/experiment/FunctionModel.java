package io.github.faasbench.experiment;

import io.github.faasbench.random.Distribution;

/**
 * How a function behaves on simulated nodes.
 *
 * @param pull wall time of an image pull, where size or bandwidth is not given
 * @param start wall time of a container's creation and start
 * @param init wall time of the runtime's start inside a new container, before the first call
 * @param unpause wall time until a paused container runs again
 * @param exec CPU time of one call on {@code cores}; {@link #NOT_GIVEN}: a trace brings it
 * @param memoryBytes of one container, as long as it lives; 0: takes none
 * @param cores the most a container of it uses at once
 * @param sizeBytes of the image; 0: not given, {@code pull} counts
 */
public record FunctionModel(
    Distribution pull,
    Distribution start,
    Distribution init,
    Distribution unpause,
    Distribution exec,
    long memoryBytes,
    double cores,
    long sizeBytes) {

  /** Takes no time. */
  static final Distribution NOTHING = new Distribution.Constant(0);

  /** Stands where the file gives no distribution. */
  public static final Distribution NOT_GIVEN = new Distribution.Constant(Double.NaN);

  /** What there is to know of a trace's function without model. */
  public static final FunctionModel TRACED =
      new FunctionModel(NOTHING, NOTHING, NOTHING, NOTHING, NOT_GIVEN, 0, 1, 0);

  /** The same with other memory. */
  public FunctionModel withMemory(long bytes) {
    return new FunctionModel(pull, start, init, unpause, exec, bytes, cores, sizeBytes);
  }

  /** Whether a call's service time can be drawn from it. */
  public boolean execGiven() {
    return !exec.equals(NOT_GIVEN);
  }

  /** As people write it: {@code pull 1.1s, start lognormal(mean=250ms, sd=40ms), …}. */
  public String text() {
    return ModelText.line(this);
  }
}
