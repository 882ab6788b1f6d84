package io.github.faasbench.metrics;

import java.time.Duration;
import java.time.Instant;

/** Builds invocations for tests: a plain successful cold call, with what matters changed. */
public final class SampleRows {

  public static final Instant START = Instant.parse("2026-01-31T09:30:00.123456Z");

  private String experiment = "scenario1";
  private String run = "0123456789ab";
  private String cell = "fib+round-robin+cold";
  private int repetition = 1;
  private long invocation = 1;
  private String function = "fib";
  private String policy = "round-robin";
  private String warming = "cold";
  private String workload = "sequential";
  private String mode = "cold";
  private String node = "ssh_node_1";
  private Invocation.Outcome outcome = Invocation.Outcome.OK;
  private String error = "";
  private Instant arrivedAt = START;
  private double latency = 2;
  private double lag;
  private double pull = 1;
  private double exec = 0.5;
  private double transport = 0.01;
  private long pulledBytes = 1_048_576;
  private int layersPresent = 0;
  private double cleanup = 0.25;
  private String keepAlive = "none";
  private String backend = "ssh";
  private int hostContainers = -1;
  private Invocation.Period period = Invocation.Period.NONE;

  public static SampleRows row() {
    return new SampleRows().latency(2);
  }

  public SampleRows experiment(String value) {
    experiment = value;
    return this;
  }

  public SampleRows run(String value) {
    run = value;
    return this;
  }

  public SampleRows cell(String value) {
    cell = value;
    return this;
  }

  /** Handed over that much later, and so ended. */
  public SampleRows lag(double value) {
    lag = value;
    latency += value;
    return this;
  }

  public SampleRows repetition(int value) {
    repetition = value;
    return this;
  }

  public SampleRows invocation(long value) {
    invocation = value;
    return this;
  }

  public SampleRows function(String value) {
    function = value;
    return this;
  }

  public SampleRows policy(String value) {
    policy = value;
    return this;
  }

  public SampleRows warming(String value) {
    warming = value;
    mode = value;
    return this;
  }

  public SampleRows workload(String value) {
    workload = value;
    return this;
  }

  public SampleRows mode(String value) {
    mode = value;
    return this;
  }

  public SampleRows node(String value) {
    node = value;
    return this;
  }

  public SampleRows outcome(Invocation.Outcome value, String cause) {
    outcome = value;
    error = cause;
    return this;
  }

  public SampleRows after(Duration value) {
    arrivedAt = START.plus(value);
    return this;
  }

  /** The latency; execution takes what the other phases leave. */
  public SampleRows latency(double seconds) {
    latency = seconds;
    exec = seconds - pull - 0.45 - transport;
    return this;
  }

  /** After the latency, which it leaves as it is. */
  public SampleRows exec(double seconds) {
    exec = seconds;
    return this;
  }

  public SampleRows pull(double seconds) {
    pull = seconds;
    return latency(latency);
  }

  public SampleRows transport(double seconds) {
    transport = seconds;
    return this;
  }

  /** -1: not measured. */
  public SampleRows pulledBytes(long value) {
    pulledBytes = value;
    return this;
  }

  public SampleRows cleanup(double seconds) {
    cleanup = seconds;
    return this;
  }

  public SampleRows layersPresent(int value) {
    layersPresent = value;
    return this;
  }

  /** Of a simulation, so that repetitions are no blocks of time. */
  public SampleRows simulated() {
    backend = "sim";
    return this;
  }

  public SampleRows keepAlive(String value) {
    keepAlive = value;
    return this;
  }

  public SampleRows hostContainers(int value) {
    hostContainers = value;
    return this;
  }

  public SampleRows period(Invocation.Period value) {
    period = value;
    return this;
  }

  /** The record. Queue, select and start take 0, 0.05 and 0.4 seconds. */
  public Invocation build() {
    return new Invocation(
        experiment,
        run,
        cell,
        repetition,
        invocation,
        function,
        "localhost:5055/" + function,
        policy,
        warming,
        keepAlive,
        workload,
        backend,
        mode,
        node,
        1,
        outcome,
        outcome == Invocation.Outcome.OK ? 0 : 3,
        error,
        Invocation.nanosOf(arrivedAt),
        latency,
        lag,
        lag,
        0.05,
        pull,
        0.4,
        exec,
        transport,
        pulledBytes,
        layersPresent,
        cleanup,
        12.35,
        Double.NaN,
        0.000001,
        0,
        hostContainers,
        "",
        "",
        -1,
        period);
  }
}
