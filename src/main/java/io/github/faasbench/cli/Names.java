package io.github.faasbench.cli;

import io.github.faasbench.analysis.Measure;
import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.Vocabulary;
import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Quantity;
import io.github.faasbench.experiment.Vocabulary.Term;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.WorkloadNames;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.catalog.Entry;
import io.github.faasbench.random.Stream;
import io.github.faasbench.runner.CellPolicies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins the catalog's names to the experiment reader, and a cell's names to its policies. */
final class Names {

  private Names() {}

  static Vocabulary vocabulary() {
    return new Vocabulary(
        terms(Catalog.node()),
        terms(Catalog.warming()),
        WorkloadNames.terms(),
        terms(Catalog.keepAlive()),
        terms(Catalog.queue()),
        measures());
  }

  private static Map<String, Quantity> measures() {
    Map<String, Quantity> measures = new LinkedHashMap<>();
    Measure.values()
        .forEach(
            measure -> measures.put(measure.name(), Quantity.valueOf(measure.quantity().name())));
    return measures;
  }

  /** Each kind of policy draws from a stream of its own. */
  static CellPolicies policies(Cell cell, Choice queueOrder, Histories histories) {
    long seed = cell.seeds().policy();
    SchedulingPolicy scheduling = create(Catalog.node(), cell.policy(), Stream.of(seed, 1));
    histories.teach(scheduling, cell.policy());
    return new CellPolicies(
        scheduling,
        create(Catalog.warming(), cell.warming(), Stream.of(seed, 2)),
        create(Catalog.keepAlive(), cell.keepAlive(), Stream.of(seed, 3)),
        create(Catalog.queue(), queueOrder, Stream.of(seed, 5)),
        Stream.of(seed, 4));
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

  private static <T> T create(List<Entry<T>> entries, Choice choice, Stream random) {
    return Catalog.create(entries, choice.name(), choice.parameters(), random);
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
      terms.put(entry.name(), new Term(parameters, entry.supported()));
    }
    return terms;
  }
}
