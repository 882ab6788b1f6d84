package io.github.faasbench.cli;

import io.github.faasbench.analysis.Design;
import io.github.faasbench.analysis.Designs;
import io.github.faasbench.analysis.Measure;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.experiment.Factor;
import io.github.faasbench.experiment.PrimaryStatistic;
import io.github.faasbench.experiment.ResolvedSettings;
import io.github.faasbench.experiment.StudyDesign;
import io.github.faasbench.experiment.ThresholdSpec;
import io.github.faasbench.experiment.WarmUpSpec;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Hands to the analysis what an experiment's file fixed before there were data. */
final class StudyDesigns {

  private StudyDesigns() {}

  /** Of an experiment that runs now. */
  static Design of(Experiment experiment) {
    return design(
        StudyDesign.of(experiment),
        experiment.thresholds(),
        experiment.warmUp().kind() == WarmUpSpec.Kind.MSER);
  }

  /** Of runs, from the files in their folders beside the CSVs; without one nothing is known. */
  static Designs beside(List<Path> csvs, Collection<String> runs)
      throws ExperimentException, IOException {
    Map<String, Design> designs = new LinkedHashMap<>();
    for (String run : runs) {
      Optional<Path> file = resolvedFile(csvs, run);
      if (file.isPresent()) {
        designs.put(
            run,
            design(
                StudyDesign.read(file.get()),
                Thresholds.of(file.get()),
                "mser".equals(ResolvedSettings.read(file.get()).get("warmUp"))));
      }
    }
    return Designs.of(designs);
  }

  /** A run's resolved file, where its folder is beside one of the CSVs. */
  static Optional<Path> resolvedFile(List<Path> csvs, String run) {
    return csvs.stream()
        .flatMap(csv -> RunFolder.beside(csv, run).stream())
        .map(RunFolder::experimentFile)
        .filter(Files::exists)
        .findFirst();
  }

  private static Design design(StudyDesign study, List<ThresholdSpec> checks, boolean mser) {
    Map<Column, String> baselines = new EnumMap<>(Column.class);
    study.baselines().forEach((factor, value) -> baselines.put(column(factor), value));
    Stream<Double> checked =
        checks.stream().flatMap(check -> Measure.percentile(check.measure()).stream());
    return new Design(
        statistic(study.primary()),
        baselines,
        Stream.concat(study.percentiles().stream(), checked).distinct().sorted().toList(),
        mser,
        Long.toString(study.seed()));
  }

  private static Statistic statistic(PrimaryStatistic primary) {
    return switch (primary) {
      case MEAN -> Statistic.MEAN;
      case MEDIAN -> Statistic.MEDIAN;
      case P95 -> Statistic.P95;
    };
  }

  private static Column column(Factor factor) {
    return switch (factor) {
      case POLICY -> Column.POLICY;
      case WARMING -> Column.WARMING;
      case WORKLOAD -> Column.WORKLOAD;
      case KEEP_ALIVE -> Column.KEEP_ALIVE;
    };
  }
}
