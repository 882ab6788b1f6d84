package io.github.faasbench.plan;

import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Term;
import io.github.faasbench.experiment.Vocabulary.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workloads by name, with their parameters. */
public final class WorkloadNames {

  private WorkloadNames() {}

  /** Name to parameters; those without behaviour yet are marked. */
  public static Map<String, Term> terms() {
    var rate = new Parameter("rate", Type.RATE, null, 0);
    Map<String, Term> terms = new LinkedHashMap<>();
    terms.put("sequential", new Term(List.of(), true));
    terms.put(
        "closed",
        new Term(
            List.of(
                new Parameter("clients", Type.INTEGER, null, 1),
                new Parameter("think", Type.DURATION, "0s", 0)),
            true));
    terms.put("poisson", new Term(List.of(rate), false));
    terms.put("uniform", new Term(List.of(rate), false));
    terms.put(
        "bursty",
        new Term(
            List.of(
                rate,
                new Parameter("on", Type.DURATION, null, 0),
                new Parameter("off", Type.DURATION, null, 0)),
            false));
    terms.put("trace", new Term(List.of(), false));
    return terms;
  }
}
