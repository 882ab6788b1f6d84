package io.github.faasbench.analysis.comparison;

import io.github.faasbench.analysis.Failures;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.series.Ratio;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.series.Unit;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.metrics.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Says in plain sentences what comparisons show. Each names its statistic; what overrules latencies
 * (failed calls, then started containers) comes before them.
 */
final class Sentences {

  private Sentences() {}

  static List<String> of(FactorComparison factor) {
    List<String> sentences = new ArrayList<>();
    Map<String, List<Comparison>> byObstacle = new LinkedHashMap<>();
    factor
        .primary()
        .forEach(
            one -> byObstacle.computeIfAbsent(one.obstacle(), o -> new ArrayList<>()).add(one));
    byObstacle.forEach(
        (obstacle, pairs) -> {
          if (obstacle.isEmpty()) {
            sentences.addAll(decided(factor, pairs));
          } else {
            pairs.stream()
                .map(pair -> facts(factor, pair))
                .filter(told -> !told.isEmpty())
                .forEach(sentences::add);
            sentences.add(undecided(factor, pairs, obstacle));
          }
        });
    sentences.addAll(secondary(factor));
    if (factor.exploratory()) {
      sentences.replaceAll(sentence -> "exploratory: " + sentence.replaceFirst("^secondary: ", ""));
    }
    return sentences;
  }

  static String of(FactorComparison factor, Comparison pair) {
    if (!pair.decided()) {
      String told = facts(factor, pair);
      return (told.isEmpty() ? "" : told + "; ")
          + undecided(factor, List.of(pair), pair.obstacle());
    }
    return decided(factor, pair);
  }

  private static List<String> decided(FactorComparison factor, List<Comparison> pairs) {
    boolean plain = pairs.stream().allMatch(pair -> facts(factor, pair).isEmpty());
    if (pairs.size() > 1 && plain && pairs.stream().noneMatch(Comparison::shown)) {
      double least = pairs.stream().mapToDouble(Comparison::p).min().orElse(1);
      return List.of(
          pairs.get(0).statistic().text()
              + ": no difference shown between "
              + factor.value(factor.baseline())
              + " and any of "
              + names(factor, pairs)
              + " ("
              + pairs.stream()
                  .map(pair -> Amounts.times(pair.ratio().interval()))
                  .distinct()
                  .collect(Collectors.joining(", "))
              + " times as long; "
              + Amounts.p(least)
              + " or more)");
    }
    return pairs.stream().map(pair -> decided(factor, pair)).toList();
  }

  private static String decided(FactorComparison factor, Comparison pair) {
    String told = facts(factor, pair);
    String statistic = (told.isEmpty() ? "" : told + "; ") + pair.statistic().text() + ": ";
    String first = factor.value(pair.first());
    String second = factor.value(pair.second());
    Ratio ratio = pair.ratio();
    if (ratio.same()) {
      return statistic
          + first
          + " and "
          + second
          + " are equal in each of the same "
          + Amounts.number(ratio.calls())
          + " calls";
    }
    if (ratio.value() == 0 || Double.isInfinite(ratio.value())) {
      String zero = ratio.value() == 0 ? second : first;
      return statistic + "that of " + zero + " is 0, and there is no ratio to it";
    }
    Interval interval = ratio.interval();
    String rest = basis(ratio) + ")";
    if (!pair.shown()) {
      return statistic
          + "no difference shown between "
          + first
          + " and "
          + second
          + " ("
          + Amounts.times(interval)
          + " times as long; "
          + rest.substring(0, rest.length() - 1)
          + "; "
          + Amounts.p(pair.p())
          + ")";
    }
    boolean spread = pair.statistic().kind() == Statistic.Kind.SPREAD;
    if (ratio.value() < 1 && !spread) {
      Interval turned = new Interval(1 / interval.high(), 1 / interval.low(), interval.method());
      return statistic
          + second
          + " answers "
          + Amounts.times(
              1 / ratio.value(), turned, " times as fast as " + first + " (95 % interval ", "; ")
          + rest;
    }
    String as = spread ? " times as far as " : " times as long as ";
    return statistic
        + second
        + (spread ? " spreads " : " takes ")
        + Amounts.times(ratio.value(), interval, as + first + " (95 % interval ", "; ")
        + rest;
  }

  private static String undecided(
      FactorComparison factor, List<Comparison> pairs, String obstacle) {
    Comparison some = pairs.get(0);
    boolean described =
        pairs.stream()
                .allMatch(
                    pair -> pair.ratio().value() > 0 && obstacle.equals(pair.ratio().refusal()))
            && (some.first().observations().withinBlocks()
                || some.second().observations().withinBlocks());
    String first = factor.value(factor.baseline());
    if (!described) {
      return "no verdict on " + first + " against " + names(factor, pairs) + ": " + obstacle;
    }
    return some.statistic().text()
        + ": "
        + pairs.stream()
            .map(
                pair ->
                    factor.value(pair.second())
                        + " took "
                        + Amounts.times(pair.ratio().value())
                        + " times as long")
            .collect(Collectors.joining(", "))
        + " as "
        + first
        + ", which is described and not tested: "
        + obstacle;
  }

  /** What says more than latencies do; empty: nothing. */
  private static String facts(FactorComparison factor, Comparison pair) {
    List<String> facts = new ArrayList<>();
    GroupSummary first = pair.first();
    GroupSummary second = pair.second();
    if (Math.abs(first.failedShare() - second.failedShare()) >= Failures.SHARE_TOLD) {
      facts.add(
          shares(
              factor,
              pair,
              GroupSummary::failedShare,
              "%s fails or rejects %s of its calls, %s %s"));
    }
    // Of warming types that is what they are.
    if (factor.factor() != Column.WARMING
        && Math.abs(first.startedShare() - second.startedShare()) >= Failures.SHARE_TOLD) {
      facts.add(
          shares(
              factor,
              pair,
              GroupSummary::startedShare,
              "%s starts a container for %s of its calls, %s for %s"));
    }
    return String.join("; ", facts);
  }

  /** The one with more of them first. */
  private static String shares(
      FactorComparison factor,
      Comparison pair,
      ToDoubleFunction<GroupSummary> share,
      String format) {
    boolean ordered = share.applyAsDouble(pair.first()) >= share.applyAsDouble(pair.second());
    GroupSummary more = ordered ? pair.first() : pair.second();
    GroupSummary fewer = ordered ? pair.second() : pair.first();
    return String.format(
        Locale.ROOT,
        format,
        factor.value(more),
        Amounts.percent(share.applyAsDouble(more)),
        factor.value(fewer),
        Amounts.percent(share.applyAsDouble(fewer)));
  }

  /** The other statistics of a pair in one sentence; other pairs have one each. */
  private static List<String> secondary(FactorComparison factor) {
    List<String> sentences = new ArrayList<>();
    for (Comparison pair : factor.primary()) {
      String parts =
          factor.secondary().stream()
              .filter(one -> one.first() == pair.first() && one.second() == pair.second())
              .filter(Comparison::decided)
              .map(Sentences::brief)
              .collect(Collectors.joining(", "));
      if (!parts.isEmpty()) {
        sentences.add(
            "secondary: "
                + factor.value(pair.second())
                + " against "
                + factor.value(pair.first())
                + ": "
                + parts);
      }
    }
    factor.secondary().stream()
        .filter(one -> one.first() != factor.baseline() && one.decided())
        .forEach(one -> sentences.add("secondary: " + decided(factor, one)));
    return sentences;
  }

  private static String brief(Comparison one) {
    return one.statistic().text()
        + " "
        + (one.shown() && (one.ratio().value() == 0 || Double.isInfinite(one.ratio().value()))
            ? "0 on one side"
            : one.shown()
                ? Amounts.times(one.ratio().value(), one.ratio().interval(), " times (", ")")
                : "~");
  }

  private static String names(FactorComparison factor, List<Comparison> pairs) {
    return pairs.stream()
        .map(pair -> factor.value(pair.second()))
        .collect(Collectors.joining(", "));
  }

  /** What a verdict rests on. */
  static String basis(Ratio ratio) {
    String units =
        switch (ratio.unit()) {
          case CALL -> "";
          case BATCH -> " in " + ratio.units() + " batches";
          case REPETITION -> " in " + ratio.units() + " repetitions";
        };
    if (ratio.paired() && ratio.calls() == 0) {
      return "paired by repetition, " + ratio.units() + " of them";
    }
    if (ratio.paired()) {
      return "paired on the same " + Amounts.number(ratio.calls()) + " calls" + units;
    }
    return "not paired, " + Amounts.number(ratio.units()) + " " + word(ratio.unit()) + " a side";
  }

  private static String word(Unit unit) {
    return switch (unit) {
      case CALL -> "calls";
      case BATCH -> "batches";
      case REPETITION -> "repetitions";
    };
  }
}
