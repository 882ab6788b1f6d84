package io.github.faasbench.experiment;

import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Term;
import io.github.faasbench.experiment.YamlTree.Entries;
import io.github.faasbench.experiment.YamlTree.Entry;
import io.github.faasbench.experiment.YamlTree.Place;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads named values with parameters: {@code round-robin}, {@code power-of-d: {d: 2}} or, in text,
 * {@code power-of-d(d=2)}.
 */
final class ChoiceReader {

  /** Of clients, points on a ring, containers and the like: each takes memory. */
  static final int MOST_WHOLE = 1_000_000;

  private static final Pattern CALL = Pattern.compile("([A-Za-z0-9._-]+) ?\\((.*)\\)");

  private final String kind;
  private final Map<String, Term> terms;
  private final List<String> supported;
  private final Function<String, Path> resolve;
  private final UnaryOperator<String> whyNot;

  ChoiceReader(String kind, Map<String, Term> terms, Function<String, Path> resolve) {
    this(kind, terms, resolve, name -> "");
  }

  /**
   * @param kind what the names are, in one word, for messages
   * @param resolve where a path of the file leads
   * @param whyNot why a name is none of the terms; empty: it is unknown
   */
  ChoiceReader(
      String kind,
      Map<String, Term> terms,
      Function<String, Path> resolve,
      UnaryOperator<String> whyNot) {
    this.kind = kind;
    this.whyNot = whyNot;
    this.resolve = resolve;
    this.terms = new TreeMap<>(terms);
    this.supported =
        this.terms.entrySet().stream()
            .filter(entry -> entry.getValue().supported())
            .map(Map.Entry::getKey)
            .toList();
  }

  /** The values of a factor: one value or a list, none of them twice. */
  List<Choice> factor(Value value, Choice fallback) {
    if (!value.present()) {
      return List.of(fallback);
    }
    List<Value> items = value.isList() ? value.items() : List.of(value);
    var choices = new ArrayList<Choice>();
    boolean inCutCall = false;
    for (Value item : items) {
      String text = item.tree() instanceof Scalar scalar ? scalar.text() : "";
      if (inCutCall) {
        // The rest of a call form that a comma cut in two; its start was reported.
        inCutCall = !text.endsWith(")");
        continue;
      }
      inCutCall = cut(text);
      Optional<Choice> choice = one(item);
      if (choice.isPresent() && choices.contains(choice.get())) {
        item.problem(choice.get() + " is listed twice");
      }
      choice.ifPresent(choices::add);
    }
    return choices;
  }

  static boolean cut(String text) {
    return text.contains("(") && !text.endsWith(")");
  }

  /** One value; empty when it is wrong. */
  Optional<Choice> one(Value value) {
    if (!(value.tree() instanceof Scalar scalar)) {
      return value.isMap() ? map(value) : notAChoice(value);
    }
    if (scalar.empty()) {
      return notAChoice(value);
    }
    if (cut(scalar.text())) {
      value.problem(
          "the call form needs quotes here, because of its comma: "
              + Problems.quote(scalar.text())
              + " is only a part of it");
      return Optional.empty();
    }
    Matcher call = CALL.matcher(scalar.text());
    if (call.matches()) {
      return parameters(value, scalar.place(), call);
    }
    var none = new Entries(Map.of(), scalar.place());
    var map = Map.of(scalar.text(), new Entry(scalar.place(), none));
    return map(value.holding(new Entries(map, scalar.place())));
  }

  private Optional<Choice> notAChoice(Value value) {
    value.problem("a name is wanted, not " + value.tree().kind() + Problems.allowed(supported));
    return Optional.empty();
  }

  private Optional<Choice> parameters(Value value, Place place, Matcher call) {
    var entries = new LinkedHashMap<String, Entry>();
    String inside = call.group(2).strip();
    for (String part : inside.isEmpty() ? new String[0] : inside.split(",", -1)) {
      String[] pair = part.split("=", 2);
      String name = pair[0].strip();
      if (pair.length == 1 || name.isEmpty()) {
        value.problem("parameters are written NAME=VALUE, not " + Problems.quote(part.strip()));
        return Optional.empty();
      }
      String text = pair[1].strip();
      var parameter = new Scalar(text, true, text.isEmpty(), place);
      if (entries.put(name, new Entry(place, parameter)) != null) {
        value.problem("the parameter " + name + " is given twice");
        return Optional.empty();
      }
    }
    var inner = new Entry(place, new Entries(entries, place));
    return map(value.holding(new Entries(Map.of(call.group(1), inner), place)));
  }

  private Optional<Choice> map(Value value) {
    var keys = List.copyOf(((Entries) value.tree()).entries().keySet());
    if (keys.size() != 1) {
      value.problem(
          keys.isEmpty()
              ? "the map is empty; a name is wanted" + Problems.allowed(supported)
              : "one name with its parameters is wanted, as in {NAME: {PARAMETER: VALUE}}, not "
                  + keys.size()
                  + " keys ("
                  + String.join(", ", keys)
                  + "); in a list, indent parameters deeper than their name");
      return Optional.empty();
    }
    String name = keys.get(0);
    Term term = terms.get(name);
    if (term == null) {
      String why = whyNot.apply(name);
      value.problem(
          why.isEmpty()
              ? "unknown "
                  + kind
                  + " "
                  + Problems.quote(name)
                  + Problems.allowed(supported)
                  + Problems.meant(name, terms.keySet())
              : why);
      return Optional.empty();
    }
    Value inner = value.at(name);
    if (inner.tree() instanceof Scalar scalar && scalar.empty()) {
      inner = inner.holding(new Entries(Map.of(), scalar.place()));
    }
    Optional<Choice> choice = parameters(inner, name, term);
    if (!term.supported()) {
      value.notYetSupported(Problems.quote(name), supported);
      return Optional.empty();
    }
    return choice;
  }

  private Optional<Choice> parameters(Value inner, String name, Term term) {
    List<String> names = term.parameters().stream().map(Parameter::name).toList();
    if (inner.isMap() && names.isEmpty() && !((Entries) inner.tree()).entries().isEmpty()) {
      inner.problem(name + " takes no parameters");
      return Optional.empty();
    }
    int before = inner.problemsMet();
    if (!inner.map(names)) {
      return Optional.empty();
    }
    var values = new TreeMap<String, Object>();
    for (Parameter parameter : term.parameters()) {
      Value value = inner.at(parameter.name());
      if (!value.present() && "".equals(parameter.defaultValue())) {
        continue;
      }
      if (!value.present() && parameter.defaultValue() != null) {
        var written = new Scalar(parameter.defaultValue(), true, false, inner.tree().place());
        value = value.holding(written);
      }
      Object read = read(value.required(), parameter);
      if (read != null) {
        values.put(parameter.name(), read);
      }
    }
    if (inner.problemsMet() > before) {
      return Optional.empty();
    }
    String problem = term.check().problem(values);
    if (!problem.isEmpty()) {
      inner.problem(problem);
      return Optional.empty();
    }
    return Optional.of(new Choice(name, values));
  }

  private Object read(Value value, Parameter parameter) {
    double minimum = parameter.minimum();
    if (!value.present()) {
      return null;
    }
    switch (parameter.type()) {
      case INTEGER:
        long smallest = Double.isNaN(minimum) ? Integer.MIN_VALUE : (long) minimum;
        return value.whole(0L, smallest, MOST_WHOLE);
      case NUMBER:
        return value.number(0, minimum);
      case BOOLEAN:
        return value.truth();
      case DURATION:
        Duration duration = value.duration(null);
        return atLeast(value, minimum, duration, duration == null ? 0 : Units.seconds(duration));
      case RATE:
        Rate rate = value.rate();
        return atLeast(value, minimum, rate, rate == null ? 0 : rate.perSecond());
      case FILE:
        value.path(resolve, Files::isRegularFile, "no file ");
        return value.text(null);
      default:
        return text(value, parameter.allowed());
    }
  }

  private static Object atLeast(Value value, double minimum, Object read, double number) {
    if (read == null || !(number < minimum)) {
      return read;
    }
    Object least = read instanceof Rate ? new Rate(minimum) : Units.duration(minimum);
    value.problem("must be at least " + Units.show(least) + ", not " + Units.show(read));
    return null;
  }

  private static String text(Value value, List<String> allowed) {
    String text = value.text(null);
    if (text == null || allowed.isEmpty() || allowed.contains(text)) {
      return text;
    }
    value.problem(
        "unknown value "
            + Problems.quote(text)
            + Problems.allowed(allowed)
            + Problems.meant(text, allowed));
    return null;
  }
}
