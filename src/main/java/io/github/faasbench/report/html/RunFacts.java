package io.github.faasbench.report.html;

import io.github.faasbench.analysis.NaturalOrder;
import io.github.faasbench.metrics.Invocation;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the rows of one run say of it: the values that stand in its columns. */
final class RunFacts {

  /** More of a kind are counted. */
  private static final int MOST_SHOWN = 40;

  private enum Fact {
    EXPERIMENT("experiment", Invocation::experiment),
    BACKEND("back end", Invocation::backend),
    REPETITION("repetitions", row -> Integer.toString(row.repetition())),
    IMAGE("images", Invocation::image),
    POLICY("policies", Invocation::policy),
    WARMING("warming types", Invocation::warming),
    WORKLOAD("workloads", Invocation::workload),
    KEEP_ALIVE("keep-alive", Invocation::keepAlive),
    NODE("nodes used", Invocation::node);

    final String text;
    final Function<Invocation, String> value;

    Fact(String text, Function<Invocation, String> value) {
      this.text = text;
      this.value = value;
    }
  }

  private static final Fact[] FACTS = Fact.values();

  private final String run;
  private final Map<Fact, Set<String>> values = new EnumMap<>(Fact.class);
  private final String[] last = new String[FACTS.length];
  private int lastRepetition = -1;
  private long calls;

  RunFacts(String run) {
    this.run = run;
    for (Fact fact : FACTS) {
      values.put(fact, new HashSet<>());
    }
  }

  void accept(Invocation row) {
    calls++;
    for (Fact fact : FACTS) {
      if (fact == Fact.REPETITION && row.repetition() == lastRepetition) {
        continue;
      }
      String value = fact.value.apply(row);
      if (!value.equals(last[fact.ordinal()])) {
        last[fact.ordinal()] = value;
        values.get(fact).add(value);
      }
    }
    lastRepetition = row.repetition();
  }

  String run() {
    return run;
  }

  boolean isSimulated() {
    return values.get(Fact.BACKEND).contains("sim");
  }

  String experiments() {
    return text(Fact.EXPERIMENT);
  }

  /** By their names, in reading order; nothing to say is an empty text. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    for (Fact fact : FACTS) {
      facts.put(fact.text, text(fact));
    }
    facts.put("calls", Long.toString(calls));
    return facts;
  }

  private String text(Fact fact) {
    Set<String> all = values.get(fact);
    String text =
        all.stream()
            .filter(value -> !value.isEmpty() && !value.equals("-1"))
            .sorted(NaturalOrder.INSTANCE)
            .limit(MOST_SHOWN)
            .collect(Collectors.joining(", "));
    return all.size() > MOST_SHOWN ? text + ", … (" + all.size() + ")" : text;
  }
}
