package io.github.faasbench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.faasbench.analysis.Distribution;
import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.analysis.Waste;
import io.github.faasbench.analysis.comparison.Comparison;
import io.github.faasbench.analysis.comparison.Estimate;
import io.github.faasbench.analysis.comparison.FactorComparison;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.analysis.statistics.ManySamples;
import io.github.faasbench.analysis.validity.Warnings;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The summary as JSON, for other programs. Its schema is the resource {@code summary.schema.json},
 * printed by {@code faasbench schema summary}: a change that is not only an addition raises {@link
 * #SCHEMA_VERSION}. What is not known is null; an infinite figure is the text {@code infinite}.
 */
public final class JsonSummary {

  public static final int SCHEMA_VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonSummary() {}

  /**
   * JSON text that ends with a newline.
   *
   * @param tool name and version
   * @param environments of the runs whose folder is beside the CSV
   */
  public static String of(
      String tool,
      Map<String, Environment> environments,
      Summary summary,
      List<Threshold.Result> thresholds) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schemaVersion", SCHEMA_VERSION).put("tool", tool);
    ArrayNode runs = root.putArray("runs");
    environments.forEach(
        (run, environment) ->
            runs.addObject().put("run", run).set("environment", JSON.valueToTree(environment)));
    ArrayNode cells = root.putArray("cells");
    summary
        .groups()
        .forEach(
            group -> {
              ObjectNode one = cells.addObject();
              cell(one, group);
              summary
                  .waste(group)
                  .ifPresentOrElse(
                      waste -> waste(one.putObject("containers"), waste),
                      () -> one.putNull("containers"));
            });
    ArrayNode comparisons = root.putArray("comparisons");
    FactorComparison.of(summary).forEach(factor -> comparison(comparisons.addObject(), factor));
    ArrayNode checks = root.putArray("thresholds");
    thresholds.forEach(result -> threshold(checks.addObject(), result));
    ArrayNode warnings = root.putArray("warnings");
    Warnings.of(summary, environments.values())
        .forEach(
            warning ->
                warnings
                    .addObject()
                    .put("what", warning.what())
                    .put("reason", warning.reason())
                    .put("remedy", warning.remedy()));
    summary.notes().forEach(root.putArray("notes")::add);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }

  /** The JSON Schema (draft 2020-12) of what is written. */
  public static String schema() throws IOException {
    try (InputStream in = JsonSummary.class.getResourceAsStream("summary.schema.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void cell(ObjectNode to, GroupSummary group) {
    key(to.putObject("key"), group.key());
    to.put("calls", group.calls()).put("failed", group.failed());
    ObjectNode outcomes = to.putObject("outcomes");
    group.outcomes().forEach((outcome, count) -> outcomes.put(outcome.text(), count));
    ObjectNode latency = to.putObject("latencySeconds");
    Distribution figures = group.latency();
    number(latency, "mean", figures.mean());
    interval(latency, "meanInterval", group.sample().meanInterval());
    number(latency, "standardDeviation", figures.standardDeviation());
    number(latency, "min", figures.min());
    number(latency, "p25", figures.p25());
    number(latency, "median", figures.median());
    interval(latency, "medianInterval", group.sample().medianInterval());
    number(latency, "p75", figures.p75());
    number(latency, "p90", figures.p90());
    number(latency, "p95", figures.p95());
    number(latency, "p99", figures.p99());
    number(latency, "max", figures.max());
    number(latency, "percentileError", figures.percentileError());
    ObjectNode phases = to.putObject("phaseMeansSeconds");
    group.phaseMeans().forEach((phase, mean) -> number(phases, phase.text(), mean));
    slowdown(to.putObject("slowdown"), group.sample().slowdown());
    number(to, "improvementPercent", group.improvementPercent());
    number(to, "throughputPerSecond", group.throughputPerSecond());
    number(to, "coldShare", group.coldShare());
    to.put("coldInNameOnly", group.coldInNameOnly()).put("phaseFailures", group.phaseFailures());
    to.put("retried", group.retried());
    number(to, "lagP99Seconds", group.lagP99Seconds());
    ObjectNode nodes = to.putObject("callsPerNode");
    group.nodes().forEach(nodes::put);
    number(to, "jainIndex", group.jainIndex());
  }

  private static void slowdown(ObjectNode to, Distribution figures) {
    number(to, "mean", figures.mean());
    number(to, "median", figures.median());
    number(to, "p90", figures.p90());
    number(to, "p95", figures.p95());
    number(to, "p99", figures.p99());
    number(to, "max", figures.max());
  }

  private static void waste(ObjectNode to, Waste waste) {
    to.put("count", waste.containers()).put("evicted", waste.evicted());
    to.put("expired", waste.expired()).put("lost", waste.lost());
    to.put("preWarmsUsed", waste.preWarmsUsed()).put("preWarmsWasted", waste.preWarmsWasted());
    number(to, "busySeconds", waste.busySeconds());
    number(to, "idleSeconds", waste.idleSeconds());
    number(to, "idleMebibyteSeconds", waste.idleMebibyteSeconds());
    number(to, "idleMebibyteSecondsOfRepetition", waste.mean());
    interval(to, "idleMebibyteSecondsOfRepetitionInterval", waste.interval());
  }

  private static void key(ObjectNode to, GroupKey key) {
    for (Column column : key.columns()) {
      to.put(name(column), key.get(column));
    }
  }

  private static void comparison(ObjectNode to, FactorComparison factor) {
    to.put("factor", name(factor.factor()));
    ObjectNode common = to.putObject("common");
    key(common, factor.common());
    common.remove(name(factor.factor()));
    to.put("unit", factor.byRepetition() ? "repetition" : "call");
    test(to.putObject("kruskalWallis"), factor.any());
    test(to.putObject("brownForsythe"), factor.spread());
    ArrayNode pairs = to.putArray("pairs");
    for (Comparison pair : factor.pairs()) {
      ObjectNode one = pairs.addObject();
      one.put("first", factor.value(pair.first())).put("second", factor.value(pair.second()));
      estimate(one, "meanDifferenceSeconds", pair.meanDifference());
      estimate(one, "meanRatio", pair.meanRatio());
      estimate(one, "medianDifferenceSeconds", pair.medianDifference());
      estimate(one, "medianRatio", pair.medianRatio());
      number(one, "mannWhitneyU", pair.test().u());
      number(one, "p", pair.p());
      number(one, "cliffsDelta", pair.delta().delta());
      one.put("shown", pair.shown()).put("tooFew", pair.tooFew());
      one.put("verdict", factor.verdict(pair));
    }
    ArrayNode verdicts = to.putArray("verdicts");
    factor.verdicts().forEach(verdicts::add);
    factor.spreadVerdict().ifPresent(verdicts::add);
  }

  private static void threshold(ObjectNode to, Threshold.Result result) {
    Threshold threshold = result.threshold();
    to.put("check", threshold.check());
    ObjectNode where = to.putObject("where");
    threshold
        .where()
        .forEach((column, values) -> values.forEach(where.withArray(name(column))::add));
    to.put("status", result.status().name().toLowerCase(Locale.ROOT));
    to.put("cells", result.cells()).put("missed", result.missed());
    number(to, "worst", result.worst());
    if (result.worstCell() == null) {
      to.putNull("worstCell");
    } else {
      key(to.putObject("worstCell"), result.worstCell());
    }
  }

  private static void test(ObjectNode to, ManySamples.Test test) {
    number(to, "statistic", test.statistic());
    number(to, "p", test.p());
  }

  private static void estimate(ObjectNode to, String name, Estimate estimate) {
    ObjectNode one = to.putObject(name);
    number(one, "value", estimate.value());
    interval(one, "interval", estimate.interval());
  }

  private static void interval(ObjectNode to, String name, Interval interval) {
    if (interval.known()) {
      ObjectNode both = to.putObject(name);
      number(both, "low", interval.low());
      number(both, "high", interval.high());
      both.put("method", interval.method());
    } else {
      to.putNull(name);
    }
  }

  private static void number(ObjectNode to, String name, double value) {
    if (Double.isNaN(value)) {
      to.putNull(name);
    } else if (Double.isInfinite(value)) {
      to.put(name, value > 0 ? "infinite" : "-infinite");
    } else {
      to.put(name, value);
    }
  }

  private static String name(Column column) {
    return column == Column.KEEP_ALIVE ? "keepAlive" : column.header();
  }
}
