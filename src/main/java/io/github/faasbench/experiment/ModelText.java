package io.github.faasbench.experiment;

import io.github.faasbench.experiment.Vocabulary.Load;
import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Term;
import io.github.faasbench.experiment.Vocabulary.Type;
import io.github.faasbench.experiment.YamlTree.Scalar;
import io.github.faasbench.random.Distribution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads a function's model from the experiment file, and writes it there. */
final class ModelText {

  static final List<String> KEYS =
      List.of("pull", "start", "init", "unpause", "exec", "memory", "cores", "size");
  private static final double ABOVE_0 = 1e-6;

  static final Map<String, Term> DISTRIBUTIONS =
      Map.of(
          "uniform",
          new Term(
              List.of(seconds("min", 0), seconds("max", 0)), true, Load.NONE, ModelText::minAndMax),
          "exponential",
          new Term(List.of(seconds("mean", ABOVE_0)), true),
          "lognormal",
          new Term(List.of(seconds("mean", ABOVE_0), seconds("sd", 0)), true),
          "empirical",
          new Term(
              List.of(
                  new Parameter("file", Type.FILE, null, Double.NaN),
                  new Parameter("column", Type.TEXT, null, Double.NaN)),
              true));

  private final Function<String, Path> resolve;
  private final ChoiceReader distributions;

  ModelText(Function<String, Path> resolve) {
    this.resolve = resolve;
    distributions = new ChoiceReader("distribution", DISTRIBUTIONS, resolve);
  }

  private static Parameter seconds(String name, double minimum) {
    return new Parameter(name, Type.DURATION, null, minimum);
  }

  private static String minAndMax(Map<String, Object> values) {
    Duration min = (Duration) values.get("min");
    Duration max = (Duration) values.get("max");
    return min.compareTo(max) <= 0
        ? ""
        : "min (" + Units.show(min) + ") is above max (" + Units.show(max) + ")";
  }

  /**
   * @param execNeeded whether the calls bring no service time of their own
   */
  FunctionModel read(Value model, boolean execNeeded) {
    if (model.map(KEYS) && execNeeded) {
      model.require(List.of("exec"));
    }
    return new FunctionModel(
        distribution(model.at("pull"), FunctionModel.NOTHING),
        distribution(model.at("start"), FunctionModel.NOTHING),
        distribution(model.at("init"), FunctionModel.NOTHING),
        distribution(model.at("unpause"), FunctionModel.NOTHING),
        distribution(model.at("exec"), FunctionModel.NOT_GIVEN),
        model.at("memory").size(0),
        model.at("cores").above0(1, Double.MAX_VALUE),
        model.at("size").size(0));
  }

  private Distribution distribution(Value value, Distribution fallback) {
    if (value.tree() instanceof Scalar scalar) {
      if (scalar.plain() && scalar.text().contains("(")) {
        value.problem(
            "the call form of a distribution needs quotes: "
                + Problems.quote(scalar.text())
                + (ChoiceReader.cut(scalar.text()) ? " is only a part of it" : ""));
        return fallback;
      }
      if (scalar.empty() || "-.0123456789".indexOf((scalar.text() + " ").charAt(0)) >= 0) {
        Duration constant = value.duration(null);
        return constant == null ? fallback : new Distribution.Constant(Units.seconds(constant));
      }
    }
    return value.present()
        ? distributions.one(value).map(choice -> distribution(value, choice)).orElse(fallback)
        : fallback;
  }

  private Distribution distribution(Value value, Choice choice) {
    Map<String, Object> given = choice.parameters();
    switch (choice.name()) {
      case "uniform":
        return new Distribution.Uniform(seconds(given, "min"), seconds(given, "max"));
      case "exponential":
        return new Distribution.Exponential(seconds(given, "mean"));
      case "lognormal":
        return new Distribution.Lognormal(seconds(given, "mean"), seconds(given, "sd"));
      default:
        String file = (String) given.get("file");
        String column = (String) given.get("column");
        var values = new double[0];
        try {
          values = EmpiricalFile.read(resolve.apply(file), file, column);
        } catch (IllegalArgumentException e) {
          value.problem(e.getMessage());
        }
        return new Distribution.Empirical(file, column, values);
    }
  }

  private static double seconds(Map<String, Object> values, String name) {
    return Units.seconds((Duration) values.get(name));
  }

  static Map<String, Object> write(FunctionModel model) {
    var keys = new LinkedHashMap<String, Object>();
    keys.put("pull", write(model.pull()));
    keys.put("start", write(model.start()));
    keys.put("init", write(model.init()));
    if (!model.unpause().equals(FunctionModel.NOTHING)) {
      keys.put("unpause", write(model.unpause()));
    }
    if (model.execGiven()) {
      keys.put("exec", write(model.exec()));
    }
    if (model.memoryBytes() > 0) {
      keys.put("memory", Units.size(model.memoryBytes()));
    }
    keys.put("cores", model.cores());
    if (model.sizeBytes() > 0) {
      keys.put("size", Units.size(model.sizeBytes()));
    }
    return keys;
  }

  /** In one line. */
  static String line(FunctionModel model) {
    return write(model).entrySet().stream()
        .map(key -> key.getKey() + " " + inline(key.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String inline(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return Units.show(value);
    }
    Map.Entry<?, ?> call = map.entrySet().iterator().next();
    return ((Map<?, ?>) call.getValue())
        .entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + Units.show(parameter.getValue()))
            .collect(Collectors.joining(", ", call.getKey() + "(", ")"));
  }

  private static Object write(Distribution distribution) {
    if (distribution instanceof Distribution.Constant constant) {
      return Units.duration(constant.seconds());
    }
    var values = new LinkedHashMap<String, Object>();
    if (distribution instanceof Distribution.Uniform uniform) {
      values.put("min", Units.duration(uniform.min()));
      values.put("max", Units.duration(uniform.max()));
      return Map.of("uniform", values);
    }
    if (distribution instanceof Distribution.Exponential exponential) {
      return Map.of("exponential", Map.of("mean", Units.duration(exponential.mean())));
    }
    if (distribution instanceof Distribution.Lognormal lognormal) {
      values.put("mean", Units.duration(lognormal.mean()));
      values.put("sd", Units.duration(lognormal.sd()));
      return Map.of("lognormal", values);
    }
    var empirical = (Distribution.Empirical) distribution;
    values.put("file", empirical.file());
    values.put("column", empirical.column());
    return Map.of("empirical", values);
  }
}
