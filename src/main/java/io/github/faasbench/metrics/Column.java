package io.github.faasbench.metrics;

import static io.github.faasbench.metrics.CsvText.count;
import static io.github.faasbench.metrics.CsvText.instant;
import static io.github.faasbench.metrics.CsvText.percent;
import static io.github.faasbench.metrics.CsvText.seconds;
import static io.github.faasbench.metrics.CsvText.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fixed columns of {@code metrics.csv}, in their order. An empty cell means not measured.
 * Seconds have six decimals, percentages two; times are UTC, ISO-8601, with microseconds.
 */
public enum Column {
  EXPERIMENT("the experiment's name", i -> text(i.experiment())),
  RUN("id of this run: first 12 hex digits of the resolved file's SHA-256", i -> text(i.run())),
  CELL("the cell's id, stable for the same factors", i -> text(i.cell())),
  REPETITION("number of the repetition, from 1", i -> count(i.repetition())),
  INVOCATION("number of the invocation in its cell, from 1", i -> count(i.invocation())),
  FUNCTION("the function, as configured", i -> text(i.function())),
  IMAGE("its image, as configured", i -> text(i.image())),
  POLICY("scheduling policy, as configured", i -> text(i.policy())),
  WARMING("warming type, as configured", i -> text(i.warming())),
  KEEP_ALIVE("keep-alive policy, as configured", i -> text(i.keepAlive())),
  WORKLOAD("workload, as configured", i -> text(i.workload())),
  BACKEND("ssh or sim", i -> text(i.backend())),
  MODE("as it happened: cold, pre-warmed, warmed, paused or resident", i -> text(i.mode())),
  NODE("the node of the last attempt", i -> text(i.node())),
  ATTEMPTS("tries made", i -> count(i.attempts())),
  OUTCOME("ok, failed, timeout, rejected or lost", i -> i.outcome().text()),
  EXIT_CODE("the function's exit code", i -> count(i.exitCode())),
  ERROR("the cause, in one line", i -> text(i.error())),
  ARRIVED_AT("when the request was due or made", i -> instant(i.arrivedAt())),
  LATENCY_S(
      "from arrived_at to the function's end seen at the gateway, without clean-up",
      i -> seconds(i.latencySeconds())),
  LAG_S(
      "how much later than due the load generator handed it over; part of queue_s",
      i -> seconds(i.lagSeconds())),
  QUEUE_S("waited for a node", i -> seconds(i.queueSeconds())),
  SELECT_S("node choice with its load probe", i -> seconds(i.selectSeconds())),
  PULL_S("image pull", i -> seconds(i.pullSeconds())),
  START_S("container create and start", i -> seconds(i.startSeconds())),
  EXEC_S("the function's process, timed on the node", i -> seconds(i.execSeconds())),
  TRANSPORT_S(
      "the rest: SSH and engine; a negative value is a failed check",
      i -> seconds(i.transportSeconds())),
  PULLED_BYTES("bytes fetched by the pull", i -> count(i.pulledBytes())),
  LAYERS_PRESENT(
      "layers the node already had; above 0 in a cold row, the call was not wholly cold",
      i -> count(i.layersPresent())),
  CLEANUP_S(
      "container or image removal after it, outside latency", i -> seconds(i.cleanupSeconds())),
  CPU_PERCENT("the chosen node's CPU just before assignment", i -> percent(i.cpuPercent())),
  RAM_PERCENT("the chosen node's memory just before assignment", i -> percent(i.ramPercent())),
  LOAD_AGE_S("age of that load sample", i -> seconds(i.loadAgeSeconds())),
  IN_FLIGHT("calls that ran there just before assignment", i -> count(i.inFlight()));

  private static final List<String> HEADERS = Arrays.stream(values()).map(Column::header).toList();

  private final String description;
  private final Function<Invocation, String> cell;

  Column(String description, Function<Invocation, String> cell) {
    this.description = description;
    this.cell = cell;
  }

  /** The name in the CSV's first line, such as {@code latency_s}. */
  public String header() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the column holds, in one line. */
  public String description() {
    return description;
  }

  /** The invocation's value as it stands in the CSV before quoting; empty: not measured. */
  public String of(Invocation invocation) {
    return cell.apply(invocation);
  }

  /** All names, in the order of the file. */
  public static List<String> headers() {
    return HEADERS;
  }

  /** The column of that name in the CSV. */
  public static Optional<Column> named(String header) {
    int at = HEADERS.indexOf(header);
    return at < 0 ? Optional.empty() : Optional.of(values()[at]);
  }
}
