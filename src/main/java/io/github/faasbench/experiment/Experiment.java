package io.github.faasbench.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One experiment file, read, checked and with its defaults filled in. The keys and their meanings
 * stand in the README; values that have no behaviour yet are refused by the reader.
 *
 * @param file where it was read
 * @param resolved the whole experiment as YAML, defaults and overrides included, in a fixed key
 *     order: what the run folder keeps and what identifies a run
 * @param invocations per function and cell, of a trace in all; {@link Long#MAX_VALUE}: until a
 *     duration is over or a trace ends
 * @param duration for how long an open loop makes calls
 * @param stop until when cells go on beyond {@code invocations}
 * @param warmUp the first part of each cell that figures leave out
 * @param warmReplicas nodes prepared per function; {@link Integer#MAX_VALUE} for {@code all}
 * @param ramThreshold percent; a node is eligible strictly below it
 * @param timeout of one invocation, all attempts together
 * @param queueOrder of calls that wait at the gateway
 * @param events what happens to nodes in every cell
 * @param breaker when nodes are set aside; empty: never
 * @param verdicts what is compared with what, and by which statistic
 */
public record Experiment(
    Path file,
    String resolved,
    String name,
    String description,
    String backend,
    long seed,
    List<NodeSpec> nodes,
    Optional<ClusterSpec> cluster,
    EngineKind engine,
    List<FunctionSpec> functions,
    List<Choice> policies,
    List<Choice> warmings,
    List<Choice> workloads,
    List<Choice> keepAlives,
    long invocations,
    Optional<Duration> duration,
    Optional<StopSpec> stop,
    WarmUpSpec warmUp,
    int repetitions,
    Order order,
    Mix mix,
    int warmReplicas,
    int containerConcurrency,
    Reuse reuse,
    Busy busy,
    double ramThreshold,
    Choice loadProbe,
    WhenNoNode whenNoNode,
    Optional<Duration> timeout,
    Network network,
    Choice queueOrder,
    RetrySpec retry,
    Optional<BreakerSpec> breaker,
    List<String> policyJars,
    List<EventSpec> events,
    VerdictSpec verdicts,
    List<ThresholdSpec> thresholds) {

  /**
   * A path as the file means it: relative to the working directory when something is there, else to
   * the file's folder.
   */
  public Path resolve(String path) {
    return resolve(file, path);
  }

  static Path resolve(Path file, String path) {
    Path here = Path.of(path);
    Path folder = file.toAbsolutePath().getParent();
    return here.isAbsolute() || Files.exists(here) || folder == null ? here : folder.resolve(path);
  }

  /** Whether the nodes are simulated. */
  public boolean simulated() {
    return backend.equals("sim");
  }

  /** The statistic that the primary family of verdicts is about. */
  public PrimaryStatistic primary() {
    return verdicts.primary();
  }

  /** The value of a factor that the others are compared with, as in the CSV. */
  public String baseline(Factor factor) {
    return verdicts.baselines().get(factor).toString();
  }

  /** The percentiles that are shown, in percent, ascending. */
  public List<Double> percentiles() {
    return verdicts.percentiles();
  }

  /** The values of a factor, in the order of the file. */
  public List<Choice> values(Factor factor) {
    return switch (factor) {
      case POLICY -> policies;
      case WARMING -> warmings;
      case WORKLOAD -> workloads;
      case KEEP_ALIVE -> keepAlives;
    };
  }

  Experiment withResolved(String text) {
    return new Experiment(
        file,
        text,
        name,
        description,
        backend,
        seed,
        nodes,
        cluster,
        engine,
        functions,
        policies,
        warmings,
        workloads,
        keepAlives,
        invocations,
        duration,
        stop,
        warmUp,
        repetitions,
        order,
        mix,
        warmReplicas,
        containerConcurrency,
        reuse,
        busy,
        ramThreshold,
        loadProbe,
        whenNoNode,
        timeout,
        network,
        queueOrder,
        retry,
        breaker,
        policyJars,
        events,
        verdicts,
        thresholds);
  }

  /** How the tool talks to a node's Docker engine. */
  public enum EngineKind {
    /** The Engine API over an SSH-forwarded socket. */
    API,
    /** {@code sudo docker …} over SSH, as in the thesis. */
    CLI
  }

  /** In which order cells run. */
  public enum Order {
    INTERLEAVED,
    AS_WRITTEN
  }

  /** Whether each function gets cells of its own. */
  public enum Mix {
    SEPARATE,
    TOGETHER
  }

  /** Which idle container serves a call. */
  public enum Reuse {
    NEWEST,
    RECENT,
    OLDEST,
    RANDOM
  }

  /** What a call does when all warm containers are busy. */
  public enum Busy {
    SPILL,
    WAIT
  }

  /** What happens to a call that finds no eligible node. */
  public enum WhenNoNode {
    REJECT,
    WAIT
  }

  /** The network mode of function containers. */
  public enum Network {
    BRIDGE,
    NONE,
    HOST
  }
}
