package io.github.faasbench.metrics;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run ran on, as kept in {@code RUN/environment.json}: everything in it is measured or told
 * by the caller.
 *
 * @param toolVersion version of faasbench
 * @param java version and vendor of the Java runtime
 * @param host the machine that drove the run
 * @param nodes by node name: kernel, cores, memory, engine version, network mode, image digests,
 *     SSH round trip, clock offset and the like
 * @param seed of the run
 * @param startedAt ISO-8601, UTC
 * @param choices engine, network, profile and other choices that a reader of the results must know
 * @param cellLoads how busy the host was, cell by cell; empty: not recorded
 * @param resumes when the run went on after a stop, and what was not as before
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Environment(
    String toolVersion,
    String java,
    Host host,
    Map<String, Map<String, Object>> nodes,
    long seed,
    String startedAt,
    Map<String, String> choices,
    List<CellLoad> cellLoads,
    List<Resume> resumes) {

  public Environment {
    cellLoads = cellLoads == null ? List.of() : List.copyOf(cellLoads);
    resumes = resumes == null ? List.of() : List.copyOf(resumes);
  }

  /** The same, with how busy the host was. */
  public Environment withCellLoads(List<CellLoad> loads) {
    return new Environment(
        toolVersion, java, host, nodes, seed, startedAt, choices, loads, resumes);
  }

  /**
   * The same run's, which goes on: what it began with, and what is not the same now.
   *
   * @param now what it goes on with
   */
  public Environment resumedWith(Environment now) {
    List<Resume> all = new ArrayList<>(resumes);
    all.add(new Resume(now.startedAt, EnvironmentChanges.of(this, now)));
    return new Environment(
        toolVersion, java, host, nodes, seed, startedAt, choices, cellLoads, all);
  }

  /**
   * A run went on after a stop.
   *
   * @param at ISO-8601, UTC
   * @param changed what was not as when the run began, one line each
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Resume(String at, List<String> changed) {
    public Resume {
      changed = changed == null ? List.of() : List.copyOf(changed);
    }
  }

  /**
   * How busy the host was when a cell ran; NaN: it does not tell.
   *
   * @param loadBefore mean number of processes that ran or waited in the minute before
   * @param loadAfter in the last minute of it
   * @param stealPercent processor time that other virtual machines took meanwhile
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record CellLoad(
      String cell, int repetition, double loadBefore, double loadAfter, double stealPercent) {}

  /** The machine that drove the run; {@code memoryBytes} -1 when unknown. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Host(String os, String kernel, int cores, long memoryBytes) {}
}
