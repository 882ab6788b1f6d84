import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * How late a Java thread that does nothing else wakes for its due times: the floor of a load
 * generator's lag. Prints p50, p99 and the most in milliseconds, for {@code bench/generator-lag}.
 *
 * <pre>java bench/TimerFloor.java RATE SECONDS</pre>
 */
public final class TimerFloor {

  public static void main(String[] args) {
    int rate = Integer.parseInt(args[0]);
    long[] lags = new long[rate * Integer.parseInt(args[1])];
    long begun = System.nanoTime();
    for (int i = 0; i < lags.length; i++) {
      long due = begun + i * 1_000_000_000L / rate;
      long left;
      while ((left = due - System.nanoTime()) > 0) {
        LockSupport.parkNanos(left);
      }
      lags[i] = -left;
    }
    Arrays.sort(lags);
    System.out.printf(
        "%.3f %.3f %.3f %d%n",
        lags[lags.length / 2] / 1e6,
        lags[(int) (lags.length * 0.99)] / 1e6,
        lags[lags.length - 1] / 1e6,
        lags.length);
  }
}
