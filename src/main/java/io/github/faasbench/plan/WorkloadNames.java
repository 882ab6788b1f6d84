package io.github.faasbench.plan;

import io.github.faasbench.experiment.Vocabulary.Load;
import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Term;
import io.github.faasbench.experiment.Vocabulary.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workloads by name, with their parameters. */
public final class WorkloadNames {

  /** The shortest duration that a file can state. */
  private static final double MICROSECOND = 1e-6;

  private WorkloadNames() {}

  /** Name to parameters; those without behaviour yet are marked. */
  public static Map<String, Term> terms() {
    var rate = new Parameter("rate", Type.RATE, null, 0);
    Map<String, Term> terms = new LinkedHashMap<>();
    terms.put("sequential", term(true, Load.CLOSED));
    terms.put(
        "closed",
        term(
            true,
            Load.CLOSED,
            new Parameter("clients", Type.INTEGER, null, 1),
            new Parameter("think", Type.DURATION, "0s", 0)));
    terms.put("poisson", term(false, Load.OPEN, rate));
    terms.put("uniform", term(false, Load.OPEN, rate));
    terms.put(
        "bursty",
        term(
            false,
            Load.OPEN,
            rate,
            new Parameter("on", Type.DURATION, null, MICROSECOND),
            new Parameter("off", Type.DURATION, null, MICROSECOND)));
    terms.put("trace", term(false, Load.TRACE));
    return terms;
  }

  private static Term term(boolean supported, Load load, Parameter... parameters) {
    return new Term(List.of(parameters), supported, load, values -> "");
  }
}
