package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Entries;
import io.github.faasbench.experiment.YamlTree.Entry;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a study set out to show, fixed before it had any data: what is compared with what, and by
 * which statistic.
 *
 * @param backend {@code ssh} or {@code sim}
 * @param repetitions how often every cell runs
 * @param primary the statistic that the primary family of verdicts is about
 * @param baselines of each factor the value that the others are compared with
 * @param percentiles that are shown, in percent, ascending
 * @param factorValues of each factor its values in the order of the file; as {@code baselines},
 *     written as in the CSV
 */
public record StudyDesign(
    String backend,
    long seed,
    int repetitions,
    PrimaryStatistic primary,
    Map<Factor, String> baselines,
    List<Double> percentiles,
    Map<Factor, List<String>> factorValues) {

  /** Copies what it is given. */
  public StudyDesign {
    baselines = Collections.unmodifiableMap(new EnumMap<>(baselines));
    percentiles = List.copyOf(percentiles);
    factorValues = Collections.unmodifiableMap(new EnumMap<>(factorValues));
  }

  /** Of an experiment that is about to run. */
  public static StudyDesign of(Experiment experiment) {
    var baselines = new EnumMap<Factor, String>(Factor.class);
    var values = new EnumMap<Factor, List<String>>(Factor.class);
    for (Factor factor : Factor.values()) {
      baselines.put(factor, experiment.baseline(factor));
      values.put(factor, experiment.values(factor).stream().map(Choice::toString).toList());
    }
    return new StudyDesign(
        experiment.backend(),
        experiment.seed(),
        experiment.repetitions(),
        experiment.primary(),
        baselines,
        experiment.percentiles(),
        values);
  }

  /**
   * Of a run that was made, from the resolved file in its folder. Nothing else in the file is
   * looked at: paths may lead nowhere by now, and policies be those of jars that are gone. A file
   * of version 0.1 names neither statistic nor baseline nor percentiles: it has the defaults, and
   * each factor's first value.
   *
   * @throws ExperimentException it can't be understood
   * @throws IOException the file can't be read
   */
  public static StudyDesign read(Path resolved) throws ExperimentException, IOException {
    var problems = new Problems();
    StudyDesign design = read(ResolvedSettings.root(resolved, problems));
    problems.check();
    return design;
  }

  private static StudyDesign read(Value root) {
    var baselines = new EnumMap<Factor, String>(Factor.class);
    var values = new EnumMap<Factor, List<String>>(Factor.class);
    for (Factor factor : Factor.values()) {
      List<String> there = new ArrayList<>();
      for (Value item : root.at(factor.key()).required().itemsOrEmpty()) {
        shown(item).ifPresent(there::add);
      }
      values.put(factor, List.copyOf(there));
      Value baseline = root.at("baseline").at(factor.key());
      if (!there.isEmpty()) {
        baselines.put(factor, baseline(baseline, there));
      }
    }
    return new StudyDesign(
        root.at("backend").text("ssh"),
        root.at("seed").whole(ExperimentReader.DEFAULT_SEED, Long.MIN_VALUE, Long.MAX_VALUE),
        (int) root.at("repetitions").whole(1, 1, Integer.MAX_VALUE),
        VerdictSpec.primary(root.at("primary")),
        baselines,
        VerdictSpec.percentiles(root.at("percentiles")),
        values);
  }

  private static String baseline(Value value, List<String> there) {
    String chosen = value.present() ? shown(value).orElse(there.get(0)) : there.get(0);
    if (!there.contains(chosen)) {
      value.problem(
          Problems.quote(chosen) + " is no value of its factor here" + Problems.allowed(there));
    }
    return chosen;
  }

  /** A resolved value as {@link Choice#toString} shows it: all of its parameters stand there. */
  private static Optional<String> shown(Value value) {
    if (value.tree() instanceof Scalar) {
      return Optional.ofNullable(value.text(null));
    }
    if (!(value.tree() instanceof Entries map) || map.entries().size() != 1) {
      value.problem("a name or a map of one name is wanted, not " + value.tree().kind());
      return Optional.empty();
    }
    Map.Entry<String, Entry> one = map.entries().entrySet().iterator().next();
    var parameters = new TreeMap<String, Object>();
    if (one.getValue().value() instanceof Entries inner) {
      inner
          .entries()
          .forEach(
              (name, entry) -> {
                String text = value.at(one.getKey()).at(name).anyText(null);
                parameters.put(name, text == null ? "" : text);
              });
    }
    return Optional.of(new Choice(one.getKey(), parameters).toString());
  }
}
