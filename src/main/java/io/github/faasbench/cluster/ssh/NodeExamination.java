package io.github.faasbench.cluster.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.faasbench.cluster.NodeFacts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Gathers what the run folder's environment and {@code doctor} tell of a node. */
final class NodeExamination {
  static final String ENGINE_ID = "engine id";
  static final String ENGINE_VERSION = "engine version";
  static final String API_VERSION = "API version";
  private static final String DOCKER_ROOT = "docker root";
  private static final int LONGEST_FACT = 200;
  private static final int SAMPLES = 5;
  private static final long LIMIT_MILLIS = 30_000;

  private final SshLink link;
  private final Engine engine;
  private final LoadProbe probe;

  NodeExamination(SshLink link, Engine engine, LoadProbe probe) {
    this.link = link;
    this.engine = engine;
    this.probe = probe;
  }

  /** Facts in the engine's own account of itself ({@code GET /info}, {@code docker info}). */
  static Map<String, String> ofInfo(JsonNode info) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(ENGINE_ID, info.path("ID").asText());
    facts.put(ENGINE_VERSION, info.path("ServerVersion").asText());
    facts.put("operating system", info.path("OperatingSystem").asText());
    facts.put("kernel", info.path("KernelVersion").asText());
    facts.put("architecture", info.path("Architecture").asText());
    facts.put("cores", info.path("NCPU").asText());
    facts.put("memory", bytes(info.path("MemTotal").asLong()));
    facts.put("storage driver", info.path("Driver").asText());
    facts.put("cgroup version", info.path("CgroupVersion").asText("1"));
    facts.put(DOCKER_ROOT, info.path("DockerRootDir").asText());
    facts.replaceAll((name, fact) -> NodeException.shown(fact, LONGEST_FACT));
    return facts;
  }

  NodeFacts examine() throws NodeException, IOException {
    Map<String, String> facts = new LinkedHashMap<>(engine.facts());
    String id = facts.remove(ENGINE_ID);
    String version = facts.remove(ENGINE_VERSION);
    String root = facts.remove(DOCKER_ROOT);
    facts.putAll(link.login().negotiated().facts());
    facts.put("metrics script", probe.source());
    facts.put("free disk", freeDisk(root));
    facts.put("ssh true", millis(trueNanos()));
    OptionalLong offset = clockOffsetNanos();
    if (offset.isEmpty()) {
      facts.put("clock", "offset not measured: the node has neither GNU date nor bash 5");
    }
    return new NodeFacts(id, version, roundTripNanos(), offset.orElse(0), facts);
  }

  /** The median round trip of the kept connection: engine pings, else questions for the load. */
  private long roundTripNanos() throws NodeException, IOException {
    long[] samples = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = engine.roundTripNanos();
      if (samples[i] < 0) {
        long start = System.nanoTime();
        probe.line();
        samples[i] = System.nanoTime() - start;
      }
    }
    return median(samples);
  }

  /** What a shell start and {@code true} cost: an rc file can make it ten times as much. */
  private long trueNanos() throws NodeException, IOException {
    long[] samples = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long start = System.nanoTime();
      link.ask("true", LIMIT_MILLIS);
      samples[i] = System.nanoTime() - start;
    }
    return median(samples);
  }

  /** By the quickest of some readings, taken to lie in the middle of the round trip. */
  private OptionalLong clockOffsetNanos() throws NodeException, IOException {
    // GNU date, or bash 5 where date has no nanoseconds; whichever line looks like a time serves.
    String command =
        "t=$(date +%s%N); case $t in *[!0-9]*|??????????) t=;; esac; "
            + "[ -n \"$t\" ] || t=$(bash -c 'e=$EPOCHREALTIME; echo ${e%[.,]*}${e#*[.,]}000'); "
            + "echo $t";
    long best = Long.MAX_VALUE;
    OptionalLong offset = OptionalLong.empty();
    for (int i = 0; i < SAMPLES; i++) {
      Instant wall = Instant.now();
      long start = System.nanoTime();
      String text = link.ask("exec sh -c " + ShellQuote.word(command), LIMIT_MILLIS).strip();
      long trip = System.nanoTime() - start;
      if (text.matches("[1-8]\\d{18}") && trip < best) { // in the years 2001 to 2255
        best = trip;
        Instant node = Instant.ofEpochSecond(0, Long.parseLong(text));
        offset = OptionalLong.of(Duration.between(wall, node).toNanos() - trip / 2);
      }
    }
    return offset;
  }

  private String freeDisk(String root) throws NodeException, IOException {
    String at = root == null || root.isEmpty() ? "/" : root;
    String command = "df -Pk -- " + ShellQuote.word(at) + " || df -Pk /";
    String[] lines = link.ask(command, LIMIT_MILLIS).strip().split("\n");
    String[] words = lines[lines.length - 1].strip().split("\\s+");
    boolean told = words.length >= 4 && words[3].matches("\\d{1,15}");
    return told ? bytes(Long.parseLong(words[3]) * 1024) + " at " + at : "?";
  }

  private static long median(long[] samples) {
    Arrays.sort(samples);
    return samples[samples.length / 2];
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  private static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
