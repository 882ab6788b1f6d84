package io.github.faasbench.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is not the same in two environments of one run, one line each. */
final class EnvironmentChanges {

  /** Measured anew each time, and never the same. */
  private static final Set<String> MEASURED =
      Set.of("round trip", "clock offset", "free disk", "ssh true");

  private final List<String> lines = new ArrayList<>();

  private EnvironmentChanges() {}

  static List<String> of(Environment before, Environment now) {
    var changes = new EnvironmentChanges();
    changes.add("faasbench", before.toolVersion(), now.toolVersion());
    changes.add("Java", before.java(), now.java());
    changes.add("host", before.host(), now.host());
    changes.facts("", before.choices(), now.choices());
    Map<String, Map<String, Object>> nodes = orEmpty(now.nodes());
    orEmpty(before.nodes())
        .forEach((node, facts) -> changes.facts("node " + node + ", ", facts, nodes.get(node)));
    return changes.lines;
  }

  private void facts(String where, Map<String, ?> before, Map<String, ?> now) {
    Set<String> names = new LinkedHashSet<>(orEmpty(before).keySet());
    names.addAll(orEmpty(now).keySet());
    names.removeAll(MEASURED);
    names.forEach(name -> add(where + name, orEmpty(before).get(name), orEmpty(now).get(name)));
  }

  private static <V> Map<String, V> orEmpty(Map<String, V> facts) {
    return facts == null ? new LinkedHashMap<>() : facts;
  }

  private void add(String what, Object before, Object now) {
    // As text: a number that was read back may be of another type.
    if (!Objects.equals(String.valueOf(before), String.valueOf(now))) {
      lines.add(what + ": " + before + ", then " + now);
    }
  }
}
