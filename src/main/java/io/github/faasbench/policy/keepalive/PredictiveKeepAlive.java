package io.github.faasbench.policy.keepalive;

import io.github.faasbench.policy.ContainerView;
import io.github.faasbench.policy.KeepAlivePolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Predicts a function's next idle time by the moving mean and mean deviation of those it has seen,
 * as TCP predicts its round trips (Jacobson, "Congestion avoidance and control", SIGCOMM 1988):
 * mean += (seen - mean) / 8, deviation += (|seen - mean| - deviation) / 4. A container is unloaded
 * after a call, loaded a few deviations before the next one is expected and kept as many after;
 * what would be loaded at once is not unloaded. It follows a function whose calls change their
 * rhythm, where a histogram remembers. Until it has seen an idle time it keeps for a fixed time.
 */
public final class PredictiveKeepAlive implements KeepAlivePolicy {

  private static final double MEAN_GAIN = 0.125;
  private static final double DEVIATION_GAIN = 0.25;

  private final double deviations;
  private final double margin;
  private final long unknownNanos;
  private final Map<String, Rhythm> functions = new HashMap<>();

  private static final class Rhythm {
    double mean;
    double deviation;
    boolean known;
    long lastEndNanos;

    void learn(double idle) {
      if (known) {
        double error = idle - mean;
        mean += MEAN_GAIN * error;
        deviation += DEVIATION_GAIN * (Math.abs(error) - deviation);
      } else {
        known = true;
        mean = idle;
        deviation = idle / 2; // as RFC 6298 begins
      }
    }
  }

  /**
   * @param deviations between the mean and each end of the window
   * @param margin by how much the window is widened besides, as a share: a start takes time too
   * @param unknown how long a container stays while nothing is known
   */
  public PredictiveKeepAlive(double deviations, double margin, Duration unknown) {
    this.deviations = deviations;
    this.margin = margin;
    unknownNanos = unknown.toNanos();
  }

  @Override
  public void arrived(String function, long idleNanos, long nowNanos) {
    if (idleNanos >= 0) {
      of(function).learn(idleNanos);
    }
  }

  @Override
  public Verdict idle(ContainerView container, long nowNanos) {
    Rhythm rhythm = of(container.function());
    boolean loadedAhead = container.uses() == 0;
    if (!loadedAhead) {
      rhythm.lastEndNanos = nowNanos;
    }
    double half = deviations * rhythm.deviation;
    IdleWindow window =
        rhythm.known
            ? IdleWindow.between(
                (rhythm.mean - half) * (1 - margin), (rhythm.mean + half) * (1 + margin))
            : IdleWindow.until(unknownNanos);
    return window.verdict(loadedAhead, rhythm.lastEndNanos);
  }

  private Rhythm of(String function) {
    return functions.computeIfAbsent(function, name -> new Rhythm());
  }
}
