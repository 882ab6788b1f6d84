package io.github.faasbench.words;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what a wrong name was meant to be. */
public final class NearestName {

  private NearestName() {}

  /** The question at the end of a message, with what stands before it; empty: no name is near. */
  public static String asked(String wrong, Collection<String> names) {
    return of(wrong, names).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** The name that was meant: the same words in any order and spelling, or few letters apart. */
  public static Optional<String> of(String wrong, Collection<String> names) {
    Set<String> words = words(wrong);
    for (String name : names) {
      if (words(name).equals(words)) {
        return Optional.of(name);
      }
    }
    String best = null;
    int bestDistance = Math.max(1, Math.min(4, wrong.length() / 3)) + 1;
    for (String name : names) {
      int distance = distance(letters(words), letters(words(name)));
      distance = Math.min(distance, distance(wrong.toLowerCase(Locale.ROOT), lower(name)));
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    if (best != null) {
      return Optional.of(best);
    }
    String start = lower(wrong);
    return names.stream()
        .filter(name -> start.length() > 1)
        .filter(name -> lower(name).startsWith(start) || words(name).containsAll(words))
        .findFirst()
        .or(() -> names.stream().filter(name -> shortens(start, lower(name))).findFirst());
  }

  /** Whether {@code start} is {@code name} with letters left out, as cmd is of command. */
  private static boolean shortens(String start, String name) {
    if (start.length() < 3 || start.charAt(0) != name.charAt(0)) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < name.length() && at < start.length(); i++) {
      at += name.charAt(i) == start.charAt(at) ? 1 : 0;
    }
    return at == start.length();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Set<String> words(String name) {
    String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return new TreeSet<>(Arrays.asList(spaced.split("[^a-z0-9]+")));
  }

  private static String letters(Set<String> words) {
    return String.join("", words);
  }

  /** Edits from one to the other; two swapped neighbours count as one. */
  private static int distance(String from, String to) {
    if (Math.abs(from.length() - to.length()) > 4) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[from.length()][to.length()];
  }
}
