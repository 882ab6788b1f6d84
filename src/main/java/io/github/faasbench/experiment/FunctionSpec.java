package io.github.faasbench.experiment;

import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Term;
import io.github.faasbench.experiment.Vocabulary.Type;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One function of the experiment file.
 *
 * @param name unique
 * @param image the image reference nodes pull
 * @param build what to build the image from, when the file says so
 * @param command the process of one invocation, as an argument vector
 * @param model how it behaves on simulated nodes; empty: not given
 */
public record FunctionSpec(
    String name,
    String image,
    Optional<BuildSpec> build,
    List<String> command,
    Optional<FunctionModel> model) {

  static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
  static final String NAME_RULE = "is no name; letters, digits, '.', '_' and '-' make one";

  private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]*");
  private static final List<String> KEYS =
      List.of("name", "image", "build", "command", "resident", "model");
  private static final List<String> MODEL_KEYS =
      List.of("pull", "start", "init", "exec", "memory", "cores");
  private static final ChoiceReader DISTRIBUTIONS =
      new ChoiceReader(
          "distribution",
          Map.of(
              "uniform", term(Type.DURATION, "min", "max"),
              "exponential", term(Type.DURATION, "mean"),
              "lognormal", term(Type.DURATION, "mean", "sd"),
              "empirical", term(Type.TEXT, "file", "column")));

  private static Term term(Type type, String... parameters) {
    return new Term(
        Arrays.stream(parameters).map(name -> new Parameter(name, type, null, Double.NaN)).toList(),
        true);
  }

  static List<FunctionSpec> readAll(Value functions, Function<String, Path> resolve) {
    var specs = new ArrayList<FunctionSpec>();
    var names = new HashSet<String>();
    for (Value function : functions.items()) {
      if (!function.map(KEYS)) {
        continue;
      }
      function.require(List.of("name", "image", "command"));
      Value name = function.at("name");
      String given = name.text("", NAME, NAME_RULE);
      if (!given.isEmpty() && !names.add(given)) {
        name.problem("duplicate name " + Problems.quote(given));
      }
      if (function.at("resident").present()) {
        readCommand(function.at("resident"));
        function.at("resident").notYetSupported("a resident command", List.of());
      }
      readModel(function.at("model"));
      specs.add(
          new FunctionSpec(
              given,
              function.at("image").text("", IMAGE, "is no image reference"),
              BuildSpec.read(function.at("build"), resolve),
              readCommand(function.at("command")),
              Optional.empty()));
    }
    return specs;
  }

  private static List<String> readCommand(Value command) {
    var words = new ArrayList<String>();
    for (Value word : command.items()) {
      words.add(words.isEmpty() ? word.text("") : word.anyText(""));
    }
    return words;
  }

  /** Checked already, so that a file written for the simulated cluster is right when it comes. */
  private static void readModel(Value model) {
    if (!model.map(MODEL_KEYS)) {
      return;
    }
    for (String key : List.of("pull", "start", "init", "exec")) {
      readDistribution(model.at(key));
    }
    model.at("memory").size(0);
    model.at("cores").above0(1, Double.MAX_VALUE);
    model.notYetSupported("a model for the simulated cluster", List.of());
  }

  private static void readDistribution(Value value) {
    if (value.tree() instanceof Scalar scalar) {
      if (scalar.plain() && scalar.text().contains("(")) {
        value.problem(
            "the call form of a distribution needs quotes: "
                + Problems.quote(scalar.text())
                + (ChoiceReader.cut(scalar.text()) ? " is only a part of it" : ""));
        return;
      }
      if (scalar.empty() || Character.isDigit((scalar.text() + " ").charAt(0))) {
        value.duration(null);
        return;
      }
    }
    if (value.present()) {
      DISTRIBUTIONS.one(value);
    }
  }
}
