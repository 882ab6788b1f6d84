package io.github.faasbench.plan.trace;

import java.util.HashSet;
import java.util.Set;

/** Makes short names of the long ones that traces have, none of them twice. */
final class ShortNames {

  private static final int LONGEST = 24;
  private static final int SHORTENED = 10;

  private final Set<String> taken = new HashSet<>();

  /** Names up to 24 characters stay; of longer ones the first 10, and a number where needed. */
  String of(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9._-]", "_");
    String start = clean.length() <= LONGEST ? clean : clean.substring(0, SHORTENED);
    String unique = start;
    for (int number = 2; !taken.add(unique); number++) {
      unique = start + "-" + number;
    }
    return unique;
  }
}
