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
import io.github.faasbench.analysis.comparison.FactorComparison;
import io.github.faasbench.analysis.series.Observations;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.series.Unit;
import io.github.faasbench.analysis.series.Worth;
import io.github.faasbench.analysis.statistics.Interval;
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

  public static final int SCHEMA_VERSION = 2;

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
    to.put("warmUpCalls", group.warmUp());
    ObjectNode outcomes = to.putObject("outcomes");
    group.outcomes().forEach((outcome, count) -> outcomes.put(outcome.text(), count));
    ObjectNode latency = to.putObject("latencySeconds");
    Distribution figures = group.latency();
    number(latency, "mean", figures.mean());
    interval(latency, "meanInterval", group.interval(Statistic.MEAN));
    number(latency, "standardDeviation", figures.standardDeviation());
    number(latency, "min", figures.min());
    number(latency, "p25", figures.p25());
    number(latency, "median", figures.median());
    interval(latency, "medianInterval", group.interval(Statistic.MEDIAN));
    number(latency, "p75", figures.p75());
    number(latency, "p90", figures.p90());
    number(latency, "p95", figures.p95());
    number(latency, "p99", figures.p99());
    number(latency, "max", figures.max());
    number(latency, "percentileError", figures.percentileError());
    percentiles(latency.putArray("percentiles"), group);
    certainty(to.putObject("certainty"), group.observations());
    ObjectNode phases = to.putObject("phaseMeansSeconds");
    group.phaseMeans().forEach((phase, mean) -> number(phases, phase.text(), mean));
    slowdown(to.putObject("slowdown"), group.sample().slowdown());
    number(to, "improvementPercent", group.improvement().percent());
    interval(to, "improvementPercentInterval", group.improvement().interval());
    number(to, "throughputPerSecond", group.throughputPerSecond());
    number(to, "coldShare", group.coldShare());
    number(to, "containerStartShare", group.startedShare());
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

  private static void percentiles(ArrayNode to, GroupSummary group) {
    group
        .latency()
        .percentiles()
        .forEach(
            (percent, value) -> {
              ObjectNode one = to.addObject().put("percent", percent);
              number(one, "value", value);
              interval(one, "interval", group.interval(Statistic.quantile(percent / 100)));
            });
  }

  private static void certainty(ObjectNode to, Observations calls) {
    Worth worth = calls.worth();
    to.put("unit", lower(calls.unit())).put("units", calls.units());
    to.put("intervalsOf", calls.withinBlocks() ? "blocks" : "system");
    to.put("dependent", worth.dependent());
    number(to, "ess", worth.independent());
    number(to, "lag1", worth.lag1());
    to.put("batches", worth.batches());
    to.put("refusal", calls.refusal().isEmpty() ? null : calls.refusal());
    to.put("mserCut", calls.mserCut());
  }

  private static void comparison(ObjectNode to, FactorComparison factor) {
    to.put("factor", name(factor.factor()));
    ObjectNode common = to.putObject("common");
    key(common, factor.common());
    common.remove(name(factor.factor()));
    to.put("baseline", factor.value(factor.baseline()));
    to.put("exploratory", factor.exploratory());
    pairs(to.putArray("primary"), factor, factor.primary());
    pairs(to.putArray("secondary"), factor, factor.secondary());
    ArrayNode verdicts = to.putArray("verdicts");
    factor.verdicts().forEach(verdicts::add);
  }

  private static void pairs(ArrayNode to, FactorComparison factor, List<Comparison> pairs) {
    for (Comparison pair : pairs) {
      ObjectNode one = to.addObject();
      one.put("first", factor.value(pair.first())).put("second", factor.value(pair.second()));
      one.put("statistic", pair.statistic().text());
      number(one, "ratio", pair.ratio().value());
      interval(one, "interval", pair.ratio().interval());
      number(one, "p", pair.p());
      one.put("shown", pair.shown());
      one.put("obstacle", pair.decided() ? null : pair.obstacle());
      one.put("unit", lower(pair.ratio().unit())).put("units", pair.ratio().units());
      one.put("paired", pair.ratio().paired()).put("pairedCalls", pair.ratio().calls());
      one.put("verdict", factor.verdict(pair));
    }
  }

  private static String lower(Unit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
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
