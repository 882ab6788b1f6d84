package io.github.faasbench.cluster.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.faasbench.cluster.NodeFacts;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Gathers what the run folder's environment and {@code doctor} tell of a node. */
final class NodeExamination {
  static final String ENGINE_ID = "engine id";
  static final String ENGINE_VERSION = "engine version";
  static final String API_VERSION = "API version";
  private static final String DOCKER_ROOT = "docker root";
  private static final int LONGEST_FACT = 200;
  private static final int SAMPLES = 5;
  private static final long LIMIT_MILLIS = 30_000;

  /** What takes so long is not done several times. */
  private static final long LONG_NANOS = 2_000_000_000;

  private static final String UNKNOWN = "not known: ";
  private static final String NO_SHELL = "the login shell carries out no command";

  private final SshLink link;
  private final Engine engine;
  private final LoadProbe probe;
  private final boolean connected;
  private final Map<String, String> troubles = new LinkedHashMap<>();
  private Map<String, String> engineFacts = new LinkedHashMap<>();
  private LoginShell shell = LoginShell.UNKNOWN;
  private long tripNanos = -1;

  /**
   * @param connected whether engine and probe are connected already
   */
  NodeExamination(SshLink link, Engine engine, LoadProbe probe, boolean connected) {
    this.link = link;
    this.engine = engine;
    this.probe = probe;
    this.connected = connected;
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

  /** Each check stands alone: what one can't find out hides nothing of the others. */
  NodeFacts examine() throws NodeException {
    link.connect(); // without a login there is nothing to examine
    check("login shell", () -> shell = LoginShell.of(link));
    if (!shell.trouble().isEmpty()) {
      troubles.put("login shell", shell.trouble());
    }
    check("engine", this::askEngine);
    check("load", this::askLoad);
    Map<String, String> facts = new LinkedHashMap<>(engineFacts);
    String id = facts.getOrDefault(ENGINE_ID, "");
    String version = facts.getOrDefault(ENGINE_VERSION, "");
    String root = facts.get(DOCKER_ROOT);
    facts.keySet().removeAll(Set.of(ENGINE_ID, ENGINE_VERSION, DOCKER_ROOT));
    facts.putAll(link.login().negotiated().facts());
    if (!troubles.containsKey("load")) {
      facts.put("metrics script", probe.source());
    }
    facts.put("free disk", known(() -> freeDisk(root)));
    facts.put("ssh true", shell.usable() ? millis(shell.startNanos()) : UNKNOWN + NO_SHELL);
    OptionalLong[] offset = {OptionalLong.empty()};
    String clock =
        known(
            () -> {
              offset[0] = clockOffsetNanos();
              return "offset not measured: the node has neither GNU date nor bash 5";
            });
    if (offset[0].isEmpty()) {
      facts.put("clock", clock);
    }
    return new NodeFacts(id, version, tripNanos, offset[0].orElse(0), facts, troubles);
  }

  /** A fact that a command tells, or why it does not. */
  private String known(Question question) {
    if (!shell.usable()) {
      return UNKNOWN + NO_SHELL;
    }
    try {
      return question.answer();
    } catch (NodeException | IOException e) {
      return UNKNOWN + NodeException.oneLine(e.getMessage());
    }
  }

  /** Asks for a fact. */
  private interface Question {
    String answer() throws NodeException, IOException;
  }

  /** Finds something out. */
  private interface Check {
    void make() throws NodeException, IOException;
  }

  private void check(String name, Check check) {
    try {
      check.make();
    } catch (NodeException | IOException | RuntimeException | StackOverflowError e) {
      String why = e instanceof NodeException ? e.getMessage() : FileErrors.of(e);
      troubles.put(name, NodeException.oneLine(why).replace(NodeException.LOOK_CLOSER, ""));
    }
  }

  private void requireShell() throws IOException {
    if (!shell.usable()) {
      throw new IOException("can't be asked: " + NO_SHELL);
    }
  }

  private void askEngine() throws NodeException, IOException {
    if (engine instanceof CliEngine) {
      requireShell();
    }
    if (!connected) {
      engine.connect();
    }
    engineFacts = engine.facts();
    long[] samples = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = engine.roundTripNanos();
    }
    tripNanos = median(samples);
  }

  /** Also times the round trip where the engine's way has no connection that is kept. */
  private void askLoad() throws NodeException, IOException {
    requireShell();
    if (!connected) {
      probe.connect();
    }
    if (tripNanos < 0) {
      long[] samples = new long[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        long start = System.nanoTime();
        probe.line();
        samples[i] = System.nanoTime() - start;
      }
      tripNanos = median(samples);
    }
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
    for (int i = 0; i < SAMPLES && (i == 0 || best < LONG_NANOS); i++) {
      Instant wall = Instant.now();
      long start = System.nanoTime();
      String text = lastLine(link.ask("exec sh -c " + ShellQuote.word(command), LIMIT_MILLIS));
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
    String[] words = lastLine(link.ask(command, LIMIT_MILLIS)).split("\\s+");
    boolean told = words.length >= 4 && words[3].matches("\\d{1,15}");
    return told ? bytes(Long.parseLong(words[3]) * 1024) + " at " + at : "?";
  }

  /** What the command itself said; before it may stand what a login shell prints. */
  static String lastLine(String output) {
    String text = output.strip();
    return text.substring(text.lastIndexOf('\n') + 1).strip();
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
