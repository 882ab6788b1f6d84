package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Entries;
import io.github.faasbench.experiment.YamlTree.Entry;
import io.github.faasbench.experiment.YamlTree.Items;
import io.github.faasbench.experiment.YamlTree.Place;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One key of the experiment file, there or not, and what it may hold. Each reading method returns
 * the value, or its fallback when the key is absent or wrong; what is wrong goes to {@link
 * Problems}, so that one pass finds every mistake.
 */
final class Value {

  private final YamlTree tree;
  private final Place place;
  private final String path;
  private final Problems problems;

  /**
   * @param tree null: the key is absent
   * @param place of the value, or of the map it is missing in
   */
  Value(YamlTree tree, Place place, String path, Problems problems) {
    this.tree = tree;
    this.place = place;
    this.path = path;
    this.problems = problems;
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  boolean present() {
    return tree != null;
  }

  YamlTree tree() {
    return tree;
  }

  boolean isList() {
    return tree instanceof Items;
  }

  boolean isMap() {
    return tree instanceof Entries;
  }

  /** The same key with something else in it. */
  Value holding(YamlTree other) {
    return new Value(other, place, path, problems);
  }

  Value at(String key) {
    Entry entry = tree instanceof Entries map ? map.entries().get(key) : null;
    return entry == null
        ? new Value(null, place, join(path, key), problems)
        : new Value(entry.value(), entry.value().place(), join(path, key), problems);
  }

  /** How many mistakes were met so far, here or elsewhere. */
  int problemsMet() {
    return problems.met();
  }

  void problem(String text) {
    problems.add(place, path, text);
  }

  void notYetSupported(String what, List<String> allowed) {
    problem(what + " is not yet supported" + Problems.allowed(allowed));
  }

  Value required() {
    if (tree == null) {
      problem("missing");
    }
    return this;
  }

  void require(List<String> keys) {
    keys.forEach(key -> at(key).required());
  }

  /**
   * Whether this is a map; keys other than {@code allowed} are problems, but for those in {@code
   * explained}, for which the caller has a message of its own.
   */
  boolean map(List<String> allowed, String... explained) {
    if (tree == null) {
      return false;
    }
    if (!(tree instanceof Entries map)) {
      problem("a map is wanted, not " + tree.shown() + "; keys: " + String.join(", ", allowed));
      return false;
    }
    String list = Problems.allowed(allowed);
    for (Map.Entry<String, Entry> key : map.entries().entrySet()) {
      String name = key.getKey();
      if (!allowed.contains(name) && !Arrays.asList(explained).contains(name)) {
        String keyPath = join(path, name.isEmpty() ? "''" : name);
        String meant = problems.full() ? "" : Problems.meant(name, allowed);
        String text = "unknown key" + list + meant;
        problems.add(key.getValue().keyPlace(), keyPath, text);
        // Once for each map is enough: the list is long.
        list = "";
      }
    }
    return true;
  }

  /** The parts of a list that must not be empty. */
  List<Value> items() {
    if (tree == null) {
      return List.of();
    }
    if (!(tree instanceof Items)) {
      problem("a list is wanted, not " + tree.shown());
      return List.of();
    }
    List<Value> items = itemsOrEmpty();
    if (items.isEmpty()) {
      problem("the list is empty");
    }
    return items;
  }

  /** The parts of a list; itself alone when it is none. */
  List<Value> itemsOrEmpty() {
    if (!(tree instanceof Items list)) {
      return tree == null ? List.of() : List.of(this);
    }
    var items = new ArrayList<Value>();
    for (YamlTree item : list.values()) {
      items.add(new Value(item, item.place(), join(path, "" + items.size()), problems));
    }
    return items;
  }

  /** What is written, letter for letter: {@code no} stays no, {@code 010} stays 010. */
  String text(String fallback) {
    String text = scalar("a single value", fallback);
    if (text != null && text.isEmpty() && tree != null) {
      problem("must not be empty");
    }
    return text;
  }

  /** As {@link #text}, but it may be empty. */
  String anyText(String fallback) {
    return scalar("a single value", fallback);
  }

  /**
   * @param rule what {@code pattern} says, in words
   */
  String text(String fallback, Pattern pattern, String rule) {
    String text = scalar("a single value", null);
    if (text == null) {
      return fallback;
    }
    if (!pattern.matcher(text).matches()) {
      problem(Problems.quote(text) + " " + rule);
      return fallback;
    }
    return text;
  }

  /**
   * A file or folder that must be there.
   *
   * @param there what makes it be there
   * @param missing the message when it is not, before its name
   */
  void path(Function<String, Path> resolve, Predicate<Path> there, String missing) {
    String text = anyText(null);
    if (text == null) {
      return;
    }
    try {
      if (there.test(resolve.apply(text))) {
        return;
      }
    } catch (InvalidPathException e) {
      String reason = e.getReason();
      problem(
          "is no path on this machine: "
              + Problems.quote(text)
              + " ("
              + reason
              + ")"
              // Java names files in the locale's letters.
              + (reason.contains("unmappable") ? "; start faasbench with LC_ALL=C.UTF-8" : ""));
      return;
    }
    problem(
        missing
            + Problems.quote(text)
            + "; looked in the working directory, then beside the experiment file");
  }

  long whole(long fallback, long minimum, long maximum) {
    return whole("a whole number", fallback, minimum, maximum);
  }

  /**
   * @param wanted what is allowed, for the message
   */
  long whole(String wanted, long fallback, long minimum, long maximum) {
    return parsed(
        wanted, fallback, text -> Numerals.whole(text, plain(), wanted, minimum, maximum));
  }

  /** A number of at least {@code minimum} (NaN: any). */
  double number(double fallback, double minimum) {
    return parsed("a number", fallback, text -> Numerals.number(text, plain(), minimum));
  }

  double above0(double fallback, double maximum) {
    return parsed("a number", fallback, text -> Numerals.above0(text, plain(), maximum));
  }

  /** A percentage, as a share from 0 to 1. */
  double share(double fallback) {
    return parsed("a share", fallback, Units::parseShare);
  }

  boolean truth() {
    String text = scalar("true or false", null);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      boolean trap = Set.of("yes", "no", "on", "off").contains(text.toLowerCase(Locale.ROOT));
      problem("true or false is wanted, not " + Problems.quote(text) + (trap ? " (YAML 1.1)" : ""));
    }
    return "true".equals(text);
  }

  Duration duration(Duration fallback) {
    return parsed("a duration", fallback, Units::parseDuration);
  }

  Duration above0(Duration fallback) {
    Duration duration = duration(fallback);
    if (duration != null && duration.isZero()) {
      problem("must be longer than 0");
      return fallback;
    }
    return duration;
  }

  /** Bytes, at least 1. */
  long size(long fallback) {
    long bytes = parsed("a size", -1L, Units::parseSize);
    if (bytes == 0) {
      problem("must be above 0");
    }
    return bytes > 0 ? bytes : fallback;
  }

  Rate rate() {
    return parsed("a rate", null, text -> new Rate(Units.parseRate(text)));
  }

  /** Bytes per second, at least 1. */
  long bandwidth(long fallback) {
    return parsed("a bandwidth", fallback, Units::parseBandwidth);
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  <E extends Enum<E>> E oneOf(E fallback, Set<E> later) {
    String text = scalar("a single value", null);
    return text == null ? fallback : Constants.read(this, text, fallback, later);
  }

  private <T> T parsed(String wanted, T fallback, Function<String, T> parse) {
    String text = scalar(wanted, null);
    if (text == null) {
      return fallback;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      problem(e.getMessage());
      return fallback;
    }
  }

  private boolean plain() {
    return tree instanceof Scalar scalar && scalar.plain();
  }

  private String scalar(String wanted, String fallback) {
    if (tree == null) {
      return fallback;
    }
    if (tree instanceof Scalar scalar && !scalar.empty()) {
      if (scalar.text().codePoints().anyMatch(Value::unusable)) {
        problem("a character that no argument or path can hold: " + tree.shown());
        return null;
      }
      return scalar.text();
    }
    problem(wanted + " is wanted, not " + tree.shown());
    return null;
  }

  /** NUL, and halves of surrogate pairs: YAML's escapes can write them. */
  private static boolean unusable(int codePoint) {
    return codePoint == 0
        || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
