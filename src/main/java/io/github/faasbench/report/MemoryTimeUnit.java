package io.github.faasbench.report;

import io.github.faasbench.analysis.Waste;
import java.util.Collection;

/** Memory over time, in the unit that suits the largest of several figures. */
public enum MemoryTimeUnit {
  MEBIBYTE_SECOND("MiB·s", 1),
  GIBIBYTE_SECOND("GiB·s", 1024),
  GIBIBYTE_HOUR("GiB·h", 1024 * 3600);

  private static final double LARGE = 10_000;

  private final String symbol;
  private final double mebibyteSeconds;

  MemoryTimeUnit(String symbol, double mebibyteSeconds) {
    this.symbol = symbol;
    this.mebibyteSeconds = mebibyteSeconds;
  }

  /** The one for idle memory of a repetition. */
  public static MemoryTimeUnit of(Collection<Waste> wastes) {
    double most = wastes.stream().mapToDouble(Waste::mean).filter(Double::isFinite).max().orElse(0);
    for (MemoryTimeUnit unit : values()) {
      if (most < LARGE * unit.mebibyteSeconds) {
        return unit;
      }
    }
    return GIBIBYTE_HOUR;
  }

  public String symbol() {
    return symbol;
  }

  /** So many MiB·s in this unit. */
  public double of(double mebibyteSeconds) {
    return mebibyteSeconds / this.mebibyteSeconds;
  }

  /** The same as text; empty: not known. */
  public String format(double mebibyteSeconds) {
    double value = of(mebibyteSeconds);
    return Figures.decimals(value, Math.abs(value) < 100 ? 2 : 0);
  }
}
