package io.github.faasbench.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One function of the experiment file.
 *
 * @param name unique
 * @param image the image reference nodes pull; simulated ones need none, and it is the name
 * @param build what to build the image from, when the file says so
 * @param command the process of one invocation, as an argument vector; empty: the image's own, or
 *     simulated
 * @param args what a call hands over: a process that is started for it takes them behind the
 *     command, one that waits for calls takes them in the call's line
 * @param resident the process that waits for calls, as an argument vector; empty: not given
 * @param model how it behaves on simulated nodes; empty: not given
 */
public record FunctionSpec(
    String name,
    String image,
    Optional<BuildSpec> build,
    List<String> command,
    List<String> args,
    List<String> resident,
    Optional<FunctionModel> model) {

  static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
  static final String NAME_RULE = "is no name; letters, digits, '.', '_' and '-' make one";

  /** Docker's own grammar of a reference: registry, path, tag, digest. The length comes first. */
  private static final Pattern IMAGE =
      Pattern.compile(
          "(?=[^\\s]{1,500}$)"
              + "(?:(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?/)?"
              + "[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*"
              + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
              + "(?:@sha256:[0-9a-f]{64})?");

  private static final String IMAGE_RULE =
      "is no image reference; its path is in lower case, as in localhost:5055/python:3.12";
  private static final Pattern INPUT_SIZE = Pattern.compile("[0-9]+(\\.[0-9]+)?");
  static final List<String> KEYS =
      List.of("name", "image", "build", "command", "args", "resident", "model");

  /** Without arguments of a call's own and a process that waits for calls. */
  public FunctionSpec(
      String name,
      String image,
      Optional<BuildSpec> build,
      List<String> command,
      Optional<FunctionModel> model) {
    this(name, image, build, command, List.of(), List.of(), model);
  }

  /**
   * @param sim whether the nodes are simulated: then a model says all that matters
   * @param execNeeded whether every call's service time comes from the model
   */
  static List<FunctionSpec> readAll(
      Value functions, boolean sim, boolean execNeeded, Function<String, Path> resolve) {
    List<String> modelled = execNeeded ? List.of("name", "model") : List.of("name");
    var models = new ModelText(resolve);
    var specs = new ArrayList<FunctionSpec>();
    var names = new HashSet<String>();
    for (Value function : functions.items()) {
      if (!function.map(KEYS)) {
        continue;
      }
      function.require(sim ? modelled : List.of("name", "image"));
      Value name = function.at("name");
      String given = name.text("", NAME, NAME_RULE);
      if (!given.isEmpty() && !names.add(given)) {
        name.problem("duplicate name " + Problems.quote(given));
      }
      Value model = function.at("model");
      specs.add(
          new FunctionSpec(
              given,
              function.at("image").text(sim ? given : "", IMAGE, IMAGE_RULE),
              BuildSpec.read(function.at("build"), resolve),
              readCommand(function.at("command")),
              ResidentRules.args(function.at("args"), function.at("resident")),
              readCommand(function.at("resident")),
              model.present()
                  ? Optional.of(models.read(model, sim && execNeeded))
                  : Optional.empty()));
    }
    return specs;
  }

  /** What a process that is started for one call is: the command, and the arguments behind it. */
  public List<String> process() {
    return Stream.concat(command.stream(), args.stream()).toList();
  }

  /** The number with which the process ends, as the thesis's functions take it; NaN: none. */
  public double inputSize() {
    List<String> words = process();
    String last = words.isEmpty() ? "" : words.get(words.size() - 1);
    return INPUT_SIZE.matcher(last).matches() ? Double.parseDouble(last) : Double.NaN;
  }

  private static List<String> readCommand(Value command) {
    var words = new ArrayList<String>();
    for (Value word : command.items()) {
      words.add(words.isEmpty() ? word.text("") : word.anyText(""));
    }
    return words;
  }
}
