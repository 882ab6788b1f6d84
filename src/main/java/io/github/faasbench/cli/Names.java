package io.github.faasbench.cli;

import io.github.faasbench.analysis.Measure;
import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.Vocabulary;
import io.github.faasbench.experiment.Vocabulary.Load;
import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Quantity;
import io.github.faasbench.experiment.Vocabulary.Term;
import io.github.faasbench.experiment.Vocabulary.Waiting;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.WorkloadNames;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.catalog.Entry;
import io.github.faasbench.policy.catalog.PolicyFailure;
import io.github.faasbench.policy.catalog.PolicyJars;
import io.github.faasbench.random.Stream;
import io.github.faasbench.runner.CellPolicies;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins the catalog's names to the experiment reader, and a cell's names to its policies. */
final class Names {

  private Names() {}

  static Vocabulary vocabulary() {
    return vocabulary(PolicyJars.NONE);
  }

  private static Vocabulary vocabulary(PolicyJars jars) {
    return new Vocabulary(
        terms(all(Catalog.node(), SchedulingPolicy.class, jars)),
        terms(all(Catalog.warming(), WarmingPolicy.class, jars)),
        WorkloadNames.terms(),
        terms(all(Catalog.keepAlive(), KeepAlivePolicy.class, jars)),
        terms(all(Catalog.queue(), QueueOrder.class, jars)),
        measures(),
        new Jars(),
        warming -> waiting(warming, jars),
        jars::whyNot);
  }

  private static Waiting waiting(Choice warming, PolicyJars jars) {
    Preparation made =
        create(all(Catalog.warming(), WarmingPolicy.class, jars), warming, 0, 0).preparation();
    return switch (made) {
      case NOTHING, IMAGE -> Waiting.NOTHING;
      case CONTAINER -> Waiting.CONTAINER;
      case RESIDENT, PAUSED -> Waiting.PROCESS;
    };
  }

  private static final class Jars implements Vocabulary.Jars {
    @Override
    public String problem(Path jar) {
      return PolicyJars.problem(jar);
    }

    @Override
    public Vocabulary with(List<Path> jars) {
      JarProcess.require(jars);
      return vocabulary(PolicyJars.open(jars));
    }
  }

  /** The jars that an experiment lists. */
  static PolicyJars jars(Experiment experiment) {
    return PolicyJars.open(experiment.policyJars().stream().map(experiment::resolve).toList());
  }

  static <T> List<Entry<T>> all(List<Entry<T>> builtIn, Class<T> contract, PolicyJars jars) {
    return java.util.stream.Stream.concat(builtIn.stream(), jars.entries(contract).stream())
        .toList();
  }

  private static Map<String, Quantity> measures() {
    Map<String, Quantity> measures = new LinkedHashMap<>();
    Measure.values()
        .forEach(
            measure -> measures.put(measure.name(), Quantity.valueOf(measure.quantity().name())));
    return measures;
  }

  /** Each kind of policy draws from a stream of its own. */
  static CellPolicies policies(Cell cell, Choice queueOrder, Histories histories, PolicyJars jars) {
    long seed = cell.seeds().policy();
    SchedulingPolicy scheduling =
        create(all(Catalog.node(), SchedulingPolicy.class, jars), cell.policy(), seed, 1);
    histories.teach(scheduling, cell.policy());
    WarmingPolicy warming =
        create(all(Catalog.warming(), WarmingPolicy.class, jars), cell.warming(), seed, 2);
    KeepAlivePolicy keepAlive =
        create(all(Catalog.keepAlive(), KeepAlivePolicy.class, jars), cell.keepAlive(), seed, 3);
    QueueOrder order = create(all(Catalog.queue(), QueueOrder.class, jars), queueOrder, seed, 5);
    return new CellPolicies(
        scheduling,
        warming,
        keepAlive,
        order,
        Stream.of(seed, 4),
        PolicyJars.failures(scheduling, warming, keepAlive, order));
  }

  /**
   * One sentence on a name of a factor ({@code policy.power-of-d}) or on its parameter ({@code
   * policy.power-of-d.d}); empty: none.
   */
  static String description(String path) {
    String[] parts = path.split("\\.");
    return switch (parts[0]) {
      case "policy" -> description(Catalog.node(), parts);
      case "queueOrder" -> description(Catalog.queue(), parts);
      case "warming" -> description(Catalog.warming(), parts);
      case "keepAlive" -> description(Catalog.keepAlive(), parts);
      default -> "";
    };
  }

  private static <T> String description(List<Entry<T>> entries, String... path) {
    for (Entry<T> entry : entries) {
      if (entry.name().equals(path[1])) {
        return path.length == 2
            ? entry.summary()
            : entry.parameters().stream()
                .filter(parameter -> parameter.name().equals(path[2]))
                .map(Entry.Parameter::summary)
                .findFirst()
                .orElse("");
      }
    }
    return "";
  }

  private static <T> T create(List<Entry<T>> entries, Choice choice, long seed, int kind) {
    return Catalog.create(entries, choice.name(), choice.parameters(), Stream.of(seed, kind));
  }

  private static <T> Map<String, Term> terms(List<Entry<T>> entries) {
    Map<String, Term> terms = new LinkedHashMap<>();
    for (Entry<T> entry : entries) {
      List<Parameter> parameters =
          entry.parameters().stream()
              .map(
                  p ->
                      new Parameter(
                          p.name(),
                          Vocabulary.Type.valueOf(p.type().name()),
                          p.defaultValue(),
                          p.minimum()))
              .toList();
      terms.put(
          entry.name(), new Term(parameters, true, Load.NONE, values -> refusal(entry, values)));
    }
    return terms;
  }

  /** Whether a policy takes the parameters shows when it is made with them. */
  private static String refusal(Entry<?> entry, Map<String, Object> values) {
    try {
      entry.factory().create(values, Stream.of(0, 0));
      return "";
    } catch (PolicyFailure e) {
      return e.getMessage();
    }
  }
}
