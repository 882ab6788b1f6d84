package io.github.faasbench.experiment;

import io.github.faasbench.experiment.Vocabulary.Waiting;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Where a function of real nodes needs a {@code command}. A container of a call's own starts what
 * its image says; inside a container that waits an engine starts only what it is told.
 */
final class CommandRules {

  private CommandRules() {}

  /**
   * Reports each function whose command is missing.
   *
   * @param waiting what waits for calls under a warming
   */
  static void check(
      Value root,
      List<Choice> warmings,
      List<Choice> keepAlives,
      Function<Choice, Waiting> waiting) {
    List<String> settings = new ArrayList<>();
    warmings.stream()
        .filter(warming -> waiting.apply(warming) != Waiting.NOTHING)
        .forEach(warming -> settings.add("warming " + warming));
    keepAlives.stream()
        .filter(keepAlive -> !keepAlive.name().equals("none"))
        .forEach(keepAlive -> settings.add("keepAlive " + keepAlive));
    for (Value function : root.at("functions").itemsOrEmpty()) {
      if (!function.isMap() || function.at("command").present()) {
        continue;
      }
      if (!settings.isEmpty()) {
        function.at("command").problem("missing: " + reason(function, String.join(", ", settings)));
      } else if (function.at("args").present()) {
        function
            .at("args")
            .problem("they stand behind a command, and there is none; write command, or one list");
      }
    }
  }

  private static String reason(Value function, String settings) {
    String image = function.at("image").tree() instanceof Scalar name ? name.text() : "IMAGE";
    return "under "
        + settings
        + " calls run inside a waiting container, where the image's own command does not count;"
        + " write it here (docker image inspect -f '{{.Config.Entrypoint}} {{.Config.Cmd}}' "
        + image
        + " shows it), as in command: [python3, hello.py]";
  }
}
