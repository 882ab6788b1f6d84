package io.github.faasbench.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A YAML document with aliases and merge keys resolved; every part knows where it was written.
 * Scalars keep their text as written, because YAML 1.1's own reading of {@code no}, {@code 010} and
 * {@code 12:30} is never what an experiment file means.
 */
sealed interface YamlTree {

  Place place();

  /** What a message calls this kind of part. */
  String kind();

  /** What a message shows of it. */
  default String shown() {
    return kind();
  }

  /**
   * Where a part was written.
   *
   * @param source 0: the file; 1 and up: the overrides, in the order given
   * @param name of the file, or the override itself
   * @param line 1-based; 0: not known, or an override
   * @param column 1-based
   */
  record Place(int source, String name, int line, int column) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int bySource = Integer.compare(source, other.source);
      int byLine = bySource != 0 ? bySource : Integer.compare(line, other.line);
      return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
      return line == 0 ? name : name + ":" + line + ":" + column;
    }
  }

  /**
   * A single value.
   *
   * @param plain written without quotes
   * @param empty nothing, {@code ~} or {@code null}
   */
  record Scalar(String text, boolean plain, boolean empty, Place place) implements YamlTree {
    @Override
    public String kind() {
      return empty ? "nothing" : "a single value";
    }

    @Override
    public String shown() {
      return empty ? "nothing" : Problems.quote(text);
    }
  }

  /** A list. */
  record Items(List<YamlTree> values, Place place) implements YamlTree {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A map, in the order written. */
  record Entries(Map<String, Entry> entries, Place place) implements YamlTree {
    @Override
    public String kind() {
      return "a map";
    }
  }

  /** One key of a map and what it holds. */
  record Entry(Place keyPlace, YamlTree value) {}

  /**
   * A copy of {@code tree} in which the part at {@code path} is {@code value}; maps that the path
   * names and that are not there yet are made.
   *
   * @throws IllegalArgumentException when the path leads through something that has no such part
   */
  static YamlTree with(YamlTree tree, List<String> path, int depth, YamlTree value) {
    if (depth == path.size()) {
      return value;
    }
    String key = path.get(depth);
    String here = String.join(".", path.subList(0, depth));
    if (tree instanceof Items items) {
      var values = new ArrayList<>(items.values());
      int index = index(here, key, values.size());
      values.set(index, with(values.get(index), path, depth + 1, value));
      return new Items(values, items.place());
    }
    if (tree instanceof Scalar scalar && !scalar.empty()) {
      throw new IllegalArgumentException(
          here + " is the single value " + Problems.quote(scalar.text()) + " and has no keys");
    }
    var entries = new LinkedHashMap<String, Entry>();
    Place place = value.place();
    if (tree instanceof Entries map) {
      entries.putAll(map.entries());
      place = map.place();
    }
    Entry old = entries.get(key);
    YamlTree inner = with(old == null ? null : old.value(), path, depth + 1, value);
    entries.put(key, new Entry(old == null ? value.place() : old.keyPlace(), inner));
    return new Entries(entries, place);
  }

  private static int index(String here, String key, int size) {
    if (key.matches("\\d{1,6}") && Integer.parseInt(key) < size) {
      return Integer.parseInt(key);
    }
    throw new IllegalArgumentException(
        here + " is a list and takes an index from 0 to " + (size - 1) + ", not '" + key + "'");
  }
}
