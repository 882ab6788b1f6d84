package io.github.faasbench.experiment;

import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Quantity;
import io.github.faasbench.experiment.Vocabulary.Term;
import io.github.faasbench.experiment.Vocabulary.Type;
import io.github.faasbench.plan.WorkloadNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The names the program really has, and a few made-up terms for parameter types it lacks yet. */
public final class TestVocabulary {

  private static final Term PLAIN = new Term(List.of(), true);
  private static final Term LATER = new Term(List.of(), false);

  private TestVocabulary() {}

  public static Vocabulary real() {
    return new Vocabulary(
        Map.of("round-robin", PLAIN, "least-used", PLAIN, "most-used", PLAIN),
        Map.of(
            "cold",
            PLAIN,
            "pre-warmed",
            PLAIN,
            "warmed",
            PLAIN,
            "resident",
            PLAIN,
            "paused",
            PLAIN),
        WorkloadNames.terms(),
        Map.of(
            "none",
            PLAIN,
            "fixed",
            term(
                true,
                new Parameter("ttl", Type.DURATION, "10m", 0),
                new Parameter("reset", Type.BOOLEAN, "true", Double.NaN)),
            "lru",
            LATER,
            "greedy-dual",
            LATER,
            "hybrid-histogram",
            LATER,
            "pool",
            term(false, new Parameter("size", Type.INTEGER, null, 1))),
        Map.of("fifo", PLAIN, "sjf", term(true, new Parameter("patience", Type.DURATION, "1m", 0))),
        new TreeMap<>(
            Map.of(
                "latency.p95", Quantity.DURATION,
                "failed", Quantity.SHARE,
                "cold_share", Quantity.SHARE,
                "throughput", Quantity.RATE,
                "jain", Quantity.NUMBER)),
        Vocabulary.Jars.NONE,
        warming ->
            switch (warming.name()) {
              case "resident", "paused" -> Vocabulary.Waiting.PROCESS;
              case "warmed" -> Vocabulary.Waiting.CONTAINER;
              default -> Vocabulary.Waiting.NOTHING;
            },
        (kind, name) -> "");
  }

  /** As {@link #real}, with policies and workloads whose parameters are of every type. */
  static Vocabulary withEveryType() {
    Vocabulary real = real();
    return new Vocabulary(
        Map.of(
            "round-robin",
            PLAIN,
            "power-of-d",
            term(
                true,
                new Parameter("d", Type.INTEGER, "2", 1),
                new Parameter("signal", Type.TEXT, "cpu", Double.NaN)),
            "sticky",
            term(
                true,
                new Parameter("share", Type.NUMBER, "0.5", 0),
                new Parameter("strict", Type.BOOLEAN, "false", Double.NaN))),
        real.warmings(),
        Map.of("sequential", PLAIN, "poisson", term(true, rate())),
        real.keepAlives(),
        real.queueOrders(),
        real.measures());
  }

  private static Parameter rate() {
    return new Parameter("rate", Type.RATE, null, Double.NaN);
  }

  private static Term term(boolean supported, Parameter... parameters) {
    return new Term(List.of(parameters), supported);
  }
}
