package io.github.faasbench.metrics;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Environment(
    String toolVersion,
    String java,
    Host host,
    Map<String, Map<String, Object>> nodes,
    long seed,
    String startedAt,
    Map<String, String> choices) {

  /** The machine that drove the run; {@code memoryBytes} -1 when unknown. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Host(String os, String kernel, int cores, long memoryBytes) {}
}
