package io.github.faasbench.plan;

import io.github.faasbench.experiment.Vocabulary.Check;
import io.github.faasbench.experiment.Vocabulary.Load;
import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Term;
import io.github.faasbench.experiment.Vocabulary.Type;
import io.github.faasbench.plan.trace.TraceSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The workloads by name, with their parameters. */
public final class WorkloadNames {

  /** The shortest duration that a file can state. */
  private static final double MICROSECOND = 1e-6;

  /** Stands for a default that a parameter does not have, though it may be left out. */
  private static final String NOTHING = "";

  private static final Map<String, Term> TERMS = new LinkedHashMap<>();

  static {
    var rate = new Parameter("rate", Type.RATE, null, 1e-6);
    var on = new Parameter("on", Type.DURATION, null, MICROSECOND);
    var off = new Parameter("off", Type.DURATION, null, MICROSECOND);
    Check fine = values -> "";
    TERMS.put("sequential", new Term(List.of(), true, Load.CLOSED, fine));
    TERMS.put(
        "closed",
        new Term(
            List.of(
                new Parameter("clients", Type.INTEGER, null, 1),
                new Parameter("think", Type.DURATION, "0s", 0)),
            true,
            Load.CLOSED,
            fine));
    TERMS.put("poisson", new Term(List.of(rate), true, Load.OPEN, fine));
    TERMS.put("uniform", new Term(List.of(rate), true, Load.OPEN, fine));
    TERMS.put("bursty", new Term(List.of(rate, on, off), true, Load.OPEN, fine));
    TERMS.put("trace", new Term(trace(), true, Load.TRACE, WorkloadNames::files));
  }

  private WorkloadNames() {}

  /** Name to parameters; those without behaviour yet are marked. */
  public static Map<String, Term> terms() {
    return TERMS;
  }

  static Load loadOf(String workload) {
    return TERMS.get(workload).load();
  }

  private static List<Parameter> trace() {
    return List.of(
        new Parameter("file", Type.FILE, null, Double.NaN),
        oneOf("format", null, TraceSource.Format.values()),
        new Parameter("durations", Type.FILE, NOTHING, Double.NaN),
        new Parameter("memory", Type.FILE, NOTHING, Double.NaN),
        new Parameter("speedup", Type.NUMBER, "1", 0.001),
        new Parameter("functions", Type.INTEGER, NOTHING, 1),
        oneOf("placement", NOTHING, TraceSource.Placement.values()));
  }

  private static Parameter oneOf(String name, String defaultValue, Enum<?>... constants) {
    List<String> allowed = Arrays.stream(constants).map(WorkloadNames::written).toList();
    return new Parameter(name, Type.TEXT, defaultValue, Double.NaN, allowed);
  }

  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Only one format has them. */
  private static String files(Map<String, Object> values) {
    String azure2019 = written(TraceSource.Format.AZURE2019);
    for (String name : List.of("durations", "memory", "placement")) {
      if (values.containsKey(name) && !values.get("format").equals(azure2019)) {
        return name + " is for format " + azure2019 + " only";
      }
    }
    return "";
  }
}
