package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Place;
import io.github.faasbench.words.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects the mistakes of one experiment file. */
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
    return NearestName.asked(wrong, names);
  }

  static String withoutPassword(String text) {
    return LOGIN.matcher(text).replaceAll("$1…@");
  }

  /** A value as a message shows it: short, on one line, a password in an address left out. */
  static String quote(String text) {
    String line = withoutPassword(text.replaceAll("\\s+", " "));
    return "'" + (line.length() > 60 ? line.substring(0, 57) + "..." : line) + "'";
  }
}
