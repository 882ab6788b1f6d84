package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Collects the mistakes of one experiment file, and finds what a wrong name was meant to be. */
final class Problems {

  /** More would bury the reader, and junk could fill the memory. */
  private static final int MOST_SHOWN = 100;

  private static final int MOST_CHARACTERS = 2000;

  /** {@code user:password@}, as addresses have it elsewhere. */
  private static final Pattern LOGIN = Pattern.compile("([^\\s:@/]:)[^\\s@/]+@");

  private record Problem(Place place, String path, String text) {}

  private final List<Problem> found = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private int left;
  private int met;

  void add(Place place, String path, String text) {
    met++;
    // A part that several aliases name is wrong once, however many paths lead to it.
    String key = path.substring(path.lastIndexOf('.') + 1);
    if (!seen.add(place + " " + key + " " + text) && place.line() > 0) {
      return;
    }
    if (full()) {
      left++;
      return;
    }
    found.add(new Problem(place, path, text));
  }

  /** Whether further mistakes are only counted. */
  boolean full() {
    return found.size() == MOST_SHOWN;
  }

  int met() {
    return met;
  }

  /** Throws what was found, sorted by place, when anything was. */
  void check() throws ExperimentException {
    if (found.isEmpty()) {
      return;
    }
    found.sort(Comparator.comparing(Problem::place));
    var lines = new ArrayList<String>();
    for (Problem problem : found) {
      String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
      lines.add(oneLine(problem.place() + ": " + path + problem.text()));
    }
    if (left > 0) {
      lines.add(found.get(0).place().name() + ": and " + left + " more mistakes");
    }
    throw new ExperimentException(lines);
  }

  /** Keys and names in a file may hold line breaks and terminal escapes; a message never does. */
  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    return line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + "..." : line;
  }

  static String allowed(Collection<String> names) {
    return names.isEmpty() ? "" : "; allowed: " + String.join(", ", names);
  }

  static String meant(String wrong, Collection<String> names) {
    return nearest(wrong, names).map(name -> "; did you mean " + name + "?").orElse("");
  }

  static String withoutPassword(String text) {
    return LOGIN.matcher(text).replaceAll("$1…@");
  }

  /** A value as a message shows it: short, on one line, a password in an address left out. */
  static String quote(String text) {
    String line = withoutPassword(text.replaceAll("\\s+", " "));
    return "'" + (line.length() > 60 ? line.substring(0, 57) + "..." : line) + "'";
  }

  /** The name that was meant: the same words in any order and spelling, or few letters apart. */
  static Optional<String> nearest(String wrong, Collection<String> names) {
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
