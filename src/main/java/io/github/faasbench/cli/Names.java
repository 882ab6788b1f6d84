package io.github.faasbench.cli;

import io.github.faasbench.experiment.Vocabulary;
import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Term;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.WorkloadNames;
import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.catalog.Entry;
import io.github.faasbench.runner.CellPolicies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Joins the catalog's names to the experiment reader, and a cell's names to its policies. */
final class Names {

  private Names() {}

  static Vocabulary vocabulary() {
    return new Vocabulary(
        terms(Catalog.node()),
        terms(Catalog.warming()),
        WorkloadNames.terms(),
        terms(Catalog.keepAlive()));
  }

  static CellPolicies policies(Cell cell) {
    var random = new SplittableRandom(cell.seeds().policy());
    return new CellPolicies(
        Catalog.create(
            Catalog.node(), cell.policy().name(), cell.policy().parameters(), random.split()),
        Catalog.create(
            Catalog.warming(), cell.warming().name(), cell.warming().parameters(), random.split()),
        Catalog.create(
            Catalog.keepAlive(),
            cell.keepAlive().name(),
            cell.keepAlive().parameters(),
            random.split()));
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
