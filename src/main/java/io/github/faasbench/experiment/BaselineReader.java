package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Entries;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads {@code baseline: {policy: round-robin, keepAlive: {fixed: {ttl: 10m}}}}: of each factor one
 * of the values that the file gives it. A name alone is enough where one value has it.
 */
final class BaselineReader {

  private static final List<String> KEYS = Arrays.stream(Factor.values()).map(Factor::key).toList();

  private final Map<Factor, List<Choice>> values;
  private final Function<Factor, ChoiceReader> readers;

  /**
   * @param values of each factor, in the order of the file; empty where they are wrong
   * @param readers of each factor's values
   */
  BaselineReader(Map<Factor, List<Choice>> values, Function<Factor, ChoiceReader> readers) {
    this.values = values;
    this.readers = readers;
  }

  /** Of every factor the value that is named, else its first one. */
  Map<Factor, Choice> read(Value baseline) {
    var chosen = new EnumMap<Factor, Choice>(Factor.class);
    values.forEach(
        (factor, there) -> there.stream().findFirst().ifPresent(one -> chosen.put(factor, one)));
    if (baseline.map(KEYS)) {
      for (Factor factor : Factor.values()) {
        Value value = baseline.at(factor.key());
        if (value.present() && !values.get(factor).isEmpty()) {
          one(factor, value).ifPresent(choice -> chosen.put(factor, choice));
        }
      }
    }
    return chosen;
  }

  private Optional<Choice> one(Factor factor, Value value) {
    List<Choice> there = values.get(factor);
    String name = name(value.tree());
    List<Choice> namesakes = there.stream().filter(one -> one.name().equals(name)).toList();
    if (!name.isEmpty() && namesakes.isEmpty()) {
      List<String> names = there.stream().map(Choice::name).distinct().toList();
      value.problem(notThere(factor, name, there) + Problems.meant(name, names));
      return Optional.empty();
    }
    if (namesakes.size() == 1 && isText(value.tree(), name)) {
      return Optional.of(namesakes.get(0));
    }
    Optional<Choice> read = readers.apply(factor).one(value);
    if (read.isPresent() && !there.contains(read.get())) {
      value.problem(notThere(factor, read.get().toString(), there));
      return Optional.empty();
    }
    return read;
  }

  private static String notThere(Factor factor, String wanted, List<Choice> there) {
    return Problems.quote(wanted)
        + " is no value of "
        + factor.key()
        + " here"
        + Problems.allowed(there.stream().map(Choice::toString).toList());
  }

  private static boolean isText(YamlTree tree, String text) {
    return tree instanceof Scalar scalar && scalar.text().equals(text);
  }

  /** The name without its parameters; empty where there is none. */
  private static String name(YamlTree tree) {
    if (tree instanceof Scalar scalar && !scalar.empty()) {
      return scalar.text().split("\\(", 2)[0].strip();
    }
    boolean one = tree instanceof Entries map && map.entries().size() == 1;
    return one ? ((Entries) tree).entries().keySet().iterator().next() : "";
  }
}
