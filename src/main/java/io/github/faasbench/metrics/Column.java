package io.github.faasbench.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The fixed columns of {@code metrics.csv}, in their order; new ones stand at the end ({@link
 * KnownHeader}). An empty cell means not measured. Seconds have six decimals, percentages two;
 * times are UTC, ISO-8601, with microseconds.
 */
public enum Column {
  EXPERIMENT("the experiment's name", (i, to) -> to.text(i.experiment())),
  RUN(
      "id of this run: first 12 hex digits of the resolved file's SHA-256",
      (i, to) -> to.text(i.run())),
  CELL("the cell's id, stable for the same factors", (i, to) -> to.text(i.cell())),
  REPETITION("number of the repetition, from 1", (i, to) -> to.count(i.repetition())),
  INVOCATION("number of the invocation in its cell, from 1", (i, to) -> to.count(i.invocation())),
  FUNCTION("the function, as configured", (i, to) -> to.text(i.function())),
  IMAGE("its image, as configured", (i, to) -> to.text(i.image())),
  POLICY("scheduling policy, as configured", (i, to) -> to.text(i.policy())),
  WARMING("warming type, as configured", (i, to) -> to.text(i.warming())),
  KEEP_ALIVE("keep-alive policy, as configured", (i, to) -> to.text(i.keepAlive())),
  WORKLOAD("workload, as configured", (i, to) -> to.text(i.workload())),
  BACKEND("ssh or sim", (i, to) -> to.text(i.backend())),
  MODE(
      "as it happened: cold, pre-warmed, warmed, paused or resident", (i, to) -> to.text(i.mode())),
  NODE("the node of the last attempt", (i, to) -> to.text(i.node())),
  ATTEMPTS("tries made", (i, to) -> to.count(i.attempts())),
  OUTCOME("ok, failed, timeout, rejected or lost", (i, to) -> to.text(i.outcome().text())),
  EXIT_CODE("the function's exit code", (i, to) -> to.count(i.exitCode())),
  ERROR("the cause, in one line", (i, to) -> to.text(i.error())),
  ARRIVED_AT("when the request was due or made", (i, to) -> to.instant(i.arrivedAt())),
  LATENCY_S(
      "from arrived_at to the function's end seen at the gateway, without clean-up",
      (i, to) -> to.seconds(i.latencySeconds())),
  LAG_S(
      "how much later than due the load generator handed it over; part of queue_s",
      (i, to) -> to.seconds(i.lagSeconds())),
  QUEUE_S("waited for a node", (i, to) -> to.seconds(i.queueSeconds())),
  SELECT_S("node choice with its load probe", (i, to) -> to.seconds(i.selectSeconds())),
  PULL_S("image pull", (i, to) -> to.seconds(i.pullSeconds())),
  START_S("container create and start, or unpausing", (i, to) -> to.seconds(i.startSeconds())),
  EXEC_S("the function's process, timed on the node", (i, to) -> to.seconds(i.execSeconds())),
  TRANSPORT_S(
      "the rest: SSH and engine; a negative value is a failed check",
      (i, to) -> to.seconds(i.transportSeconds())),
  PULLED_BYTES(
      "bytes fetched by the pull; empty where it was shared: they stand in the row of the call that"
          + " began it, so that the rows' sum is what was fetched",
      (i, to) -> to.count(i.pulledBytes())),
  LAYERS_PRESENT(
      "layers the node already had; above 0 in a cold row, the call was not wholly cold",
      (i, to) -> to.count(i.layersPresent())),
  CLEANUP_S(
      "container or image removal, or pausing, after it, outside latency",
      (i, to) -> to.seconds(i.cleanupSeconds())),
  CPU_PERCENT(
      "the chosen node's CPU just before assignment", (i, to) -> to.percent(i.cpuPercent())),
  RAM_PERCENT(
      "the chosen node's memory just before assignment", (i, to) -> to.percent(i.ramPercent())),
  LOAD_AGE_S("age of that load sample", (i, to) -> to.seconds(i.loadAgeSeconds())),
  IN_FLIGHT("calls that ran there just before assignment", (i, to) -> to.count(i.inFlight())),
  HOST_CONTAINERS(
      "other containers of the tool on the chosen node's host just before assignment",
      (i, to) -> to.count(i.hostContainers())),
  VARIED("what vary set for this row", (i, to) -> to.text(i.varied())),
  WORKFLOW("the workflow that the call is a step of", (i, to) -> to.text(i.workflow())),
  PAYLOAD_BYTES("bytes that the call handed over", (i, to) -> to.count(i.payloadBytes())),
  PERIOD(
      "warm-up or measured, where warmUp is decided at the call",
      (i, to) -> to.text(i.period().text()));

  /** All of them, in the order of the file. */
  static final List<Column> ALL = List.of(values());

  private static final List<String> HEADERS = Arrays.stream(values()).map(Column::header).toList();

  private final String description;
  private final BiConsumer<Invocation, Cells> cell;

  Column(String description, BiConsumer<Invocation, Cells> cell) {
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
    var alone = new CsvText.Alone();
    cell.accept(invocation, alone);
    return alone.text;
  }

  void write(Invocation invocation, Cells to) {
    cell.accept(invocation, to);
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
