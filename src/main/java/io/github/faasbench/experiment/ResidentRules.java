package io.github.faasbench.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What processes that wait for calls (docs/resident.md) need of the experiment file. */
final class ResidentRules {

  /** Of a line of 64 KiB; its other keys and their longest values take less than the rest. */
  private static final int ROOM = (1 << 16) - 100;

  private ResidentRules() {}

  /** A call's arguments; those of a process that waits have to fit its line. */
  static List<String> args(Value args, Value resident) {
    List<String> words = args.items().stream().map(word -> word.anyText("")).toList();
    int bytes = resident.present() ? bytes(words) : 0;
    if (bytes > ROOM) {
      args.problem(
          String.format(
              Locale.ROOT,
              "%,d bytes as JSON, and the line of a call to the resident process has room for %,d;"
                  + " let it read what is long from its image",
              bytes,
              ROOM));
    }
    return words;
  }

  /**
   * Real nodes have to be told what waits, and by which way calls reach it.
   *
   * @param warmings those of the file
   * @param resident whether a warming has the functions' own processes wait
   */
  static void check(
      Value root, EngineKind engine, List<Choice> warmings, Predicate<Choice> resident) {
    String named =
        warmings.stream()
            .filter(resident)
            .map(Choice::toString)
            .collect(Collectors.joining(" and "));
    if (named.isEmpty()) {
      return;
    }
    if (engine == EngineKind.CLI) {
      root.at("engine")
          .problem(
              "cli does not go with warming "
                  + named
                  + ": a call's line goes over the attached stream of the Engine API; use api, or leave "
                  + named
                  + " out of warming");
    }
    for (Value function : root.at("functions").itemsOrEmpty()) {
      if (function.isMap() && !function.at("resident").present()) {
        function
            .at("resident")
            .problem(
                "missing: under warming "
                    + named
                    + " calls go to the own process of "
                    + name(function)
                    + "; say how it is started, as in resident: [python3, runtime.py], or leave "
                    + named
                    + " out of warming");
      }
    }
  }

  private static String name(Value function) {
    return function.at("name").tree() instanceof Scalar name ? name.text() : "the function";
  }

  private static int bytes(List<String> words) {
    try {
      return new ObjectMapper().writeValueAsBytes(words).length;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of texts is always JSON", e);
    }
  }
}
