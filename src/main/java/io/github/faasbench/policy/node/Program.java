package io.github.faasbench.policy.node;

import io.github.faasbench.policy.Request;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How long calls of one image take: linear in the input size, the load, their product and the mode,
 * by least squares over all functions of the image, and for each function what its calls take more
 * or less than that.
 */
final class Program {

  static final String COLD = "cold";
  static final String PRE_WARMED = "pre-warmed";

  private final Regression times;
  private final double unit;
  private final Map<String, Rest> rests = new HashMap<>();
  private final Set<String> modes = new HashSet<>();

  /** What a function's calls take more than the regression says. */
  private static final class Rest {
    double nanos;
    int calls;
  }

  /**
   * @param first its input size is the unit of all others: the regression likes numbers near 1
   */
  Program(Request first, double forgetting) {
    unit = first.inputSize() > 0 ? first.inputSize() : 1;
    times = new Regression(6, forgetting);
  }

  /** Whether a call in this mode has been seen. */
  boolean knows(String mode) {
    return modes.contains(mode);
  }

  /** What does not depend on the node. */
  double fixedNanos(Request request, String mode) {
    Rest rest = rests.get(request.function());
    return 1e9
            * (times.coefficient(0)
                + times.coefficient(1) * size(request)
                + (mode.equals(COLD) ? times.coefficient(4) : 0)
                + (mode.equals(PRE_WARMED) ? times.coefficient(5) : 0))
        + (rest == null ? 0 : rest.nanos);
  }

  /** How much longer it takes at one more call per core; never less than nothing. */
  double nanosPerLoad(Request request) {
    return 1e9 * Math.max(0, times.coefficient(2) + times.coefficient(3) * size(request));
  }

  void learn(Request request, String mode, double load, double nanos) {
    modes.add(mode);
    double size = size(request);
    double cold = mode.equals(COLD) ? 1 : 0;
    double preWarmed = mode.equals(PRE_WARMED) ? 1 : 0;
    double[] features = {1, size, load, size * load, cold, preWarmed};
    times.learn(features, nanos / 1e9);
    Rest rest = rests.computeIfAbsent(request.function(), function -> new Rest());
    double more = nanos - 1e9 * times.predict(features);
    rest.nanos += (more - rest.nanos) / Math.min(++rest.calls + 10, 100);
  }

  private double size(Request request) {
    return Double.isNaN(request.inputSize()) ? 1 : request.inputSize() / unit;
  }
}
