package io.github.faasbench.cli;

import io.github.faasbench.metrics.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * In what two runs differ besides their results.
 *
 * @param refused what makes a comparison of latencies say little: a line each
 * @param told what is worth knowing, but may be what is compared: a line each
 */
record Unlikeness(List<String> refused, List<String> told) {

  /** Said by the rows, or about nothing that was measured. */
  private static final Pattern PASSED_OVER =
      Pattern.compile(
          "name|backend|description|(policy|warming|workload|keepAlive|thresholds)(\\..*)?"
              + "|functions\\.\\d+\\.name");

  /** What the verdicts are about, and not the data; a run of version 0.1 does not say. */
  private static final Pattern VERDICTS = Pattern.compile("primary|baseline(\\..*)?|percentiles");

  /** Chance, how much was measured, and what may have been changed on purpose. */
  private static final Pattern TOLD =
      Pattern.compile(
          "seed|repetitions|invocations|duration|order|stop(\\..*)?|"
              + VERDICTS
              + "|functions\\.\\d+\\.(model\\..*|image|build.*)");

  static Unlikeness of(ComparedRun old, ComparedRun young) {
    List<String> refused = new ArrayList<>();
    List<String> told = new ArrayList<>();
    differ(refused, "experiment", Set.of(old.experiment()), Set.of(young.experiment()));
    differ(refused, "backend", old.backends(), young.backends());
    for (Column factor : ComparedRun.FACTORS) {
      differ(refused, factor.header(), old.values(factor), young.values(factor));
    }
    if (refused.isEmpty() && !old.keys().equals(young.keys())) {
      refused.add(line("cells", old.keys().size() + "", young.keys().size() + ""));
    }
    if (old.settings().isEmpty() || young.settings().isEmpty()) {
      told.add("not every run's experiment.yaml is beside its CSV: other settings may differ");
    } else {
      settings(withWarmUp(old.settings()), withWarmUp(young.settings()), refused, told);
    }
    return new Unlikeness(List.copyOf(refused), List.copyOf(told));
  }

  /** In one word, and where version 0.1 did not write it yet. */
  private static Map<String, String> withWarmUp(Map<String, String> settings) {
    var all = new TreeMap<>(settings);
    String calls = all.remove("warmUp.calls");
    String duration = all.remove("warmUp.duration");
    if (calls != null || duration != null) {
      all.put("warmUp", calls != null ? "calls: " + calls : "duration: " + duration);
    }
    all.putIfAbsent("warmUp", "none");
    return all;
  }

  private static void settings(
      Map<String, String> old, Map<String, String> young, List<String> refused, List<String> told) {
    Set<String> keys = new TreeSet<>(old.keySet());
    keys.addAll(young.keySet());
    if (!old.containsKey("primary") || !young.containsKey("primary")) {
      keys.removeIf(VERDICTS.asMatchPredicate());
    }
    for (String key : keys) {
      String before = old.getOrDefault(key, "nothing");
      String after = young.getOrDefault(key, "nothing");
      if (!Objects.equals(before, after) && !PASSED_OVER.matcher(key).matches()) {
        (TOLD.matcher(key).matches() ? told : refused).add(line(key, before, after));
      }
    }
  }

  private static void differ(List<String> lines, String what, Set<String> old, Set<String> young) {
    if (!old.equals(young)) {
      lines.add(line(what, String.join(", ", old), String.join(", ", young)));
    }
  }

  private static String line(String what, String old, String young) {
    return what + ": " + old + " (old), " + young + " (new)";
  }
}
