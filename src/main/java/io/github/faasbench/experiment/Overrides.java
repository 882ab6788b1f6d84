package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code --set KEY=VALUE} arguments: each puts a YAML value at a dotted path of the file. */
final class Overrides {

  private static final Pattern SECRET =
      Pattern.compile(
          "(?is)(.*?(?:pass|passwd|password|passphrase|secret|token)(?:Env)?['\"]?\\s*[=:]).*");
  private static final int MOST_PARTS = 10;

  private final List<String> settings;
  private final Problems problems;

  Overrides(List<String> settings, Problems problems) {
    this.settings = List.copyOf(settings);
    this.problems = problems;
  }

  /** The tree with every override applied; empty when the file gave none. */
  Optional<YamlTree> apply(Optional<YamlTree> file) {
    Optional<YamlTree> tree = file;
    for (int i = 0; i < settings.size(); i++) {
      tree =
          apply(tree, settings.get(i), new Place(i + 1, "--set " + shown(settings.get(i)), 0, 0));
    }
    return tree;
  }

  private Optional<YamlTree> apply(Optional<YamlTree> tree, String setting, Place place) {
    int equals = setting.indexOf('=');
    List<String> path =
        equals < 1
            ? List.of()
            : Arrays.asList(setting.substring(0, equals).strip().split("\\.", -1));
    if (path.isEmpty() || path.size() > MOST_PARTS || path.contains("")) {
      problems.add(place, "", "KEY=VALUE is wanted, as in invocations=10 or nodes.0.port=2201");
      return tree;
    }
    String text = setting.substring(equals + 1);
    Optional<YamlTree> value = Optional.of(new YamlTree.Scalar("", true, true, place));
    if (!text.isBlank()) {
      int before = problems.met();
      var parsed = new YamlParser(place, problems).parse(text);
      value = problems.met() > before ? Optional.empty() : parsed;
    }
    if (tree.isEmpty() || value.isEmpty()) {
      return tree;
    }
    try {
      return Optional.of(YamlTree.with(tree.get(), path, 0, value.get()));
    } catch (IllegalArgumentException e) {
      problems.add(place, "", e.getMessage());
      return tree;
    }
  }

  /** A message never repeats what may be a secret, not even one given in the wrong place. */
  private static String shown(String setting) {
    var matcher = SECRET.matcher(setting);
    String shown = matcher.matches() ? matcher.group(1) + "…" : setting;
    return Problems.withoutPassword(shown.replaceAll("\\s+", " "));
  }
}
