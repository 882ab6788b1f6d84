package io.github.faasbench.plan.trace;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a trace stands and what of it is wanted.
 *
 * @param durations further file of {@code azure2019}
 * @param memory further file of {@code azure2019}
 * @param functions only that many, those with the most calls
 * @param placement where in its minute a call of {@code azure2019} comes
 */
public record TraceSource(
    Path file,
    Format format,
    Optional<Path> durations,
    Optional<Path> memory,
    int functions,
    Placement placement) {

  /** How a trace is written down. */
  public enum Format {
    /** A row a call: {@code function,arrival_s} and perhaps {@code duration_s}, in order. */
    SIMPLE,
    /**
     * A row a function with its calls in each minute (Shahrad et al., "Serverless in the Wild",
     * USENIX ATC 2020; AzureFunctionsDataset2019).
     */
    AZURE2019,
    /**
     * A row a call: {@code app,func,end_timestamp,duration} (Zhang et al., "Faster and Cheaper
     * Serverless Computing on Harvested Resources", SOSP 2021; AzureFunctionsInvocationTrace2021).
     */
    AZURE2021
  }

  /** Where in a minute its calls come. */
  public enum Placement {
    /** At as many independent uniform times, in order: a Poisson process, given their number. */
    UNIFORM_ORDER,
    /** At equal distances, the first at the minute's start (FaasCache, ASPLOS 2021). */
    EQUIDISTANT
  }
}
