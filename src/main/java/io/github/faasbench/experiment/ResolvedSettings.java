package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Entries;
import io.github.faasbench.experiment.YamlTree.Items;
import io.github.faasbench.experiment.YamlTree.Place;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A resolved file key by key, to be compared with another one. */
public final class ResolvedSettings {

  private ResolvedSettings() {}

  /**
   * Dotted paths, such as {@code nodes.0.cpu}, to what stands there; a list of single values is
   * one.
   *
   * @throws ExperimentException it is no YAML
   * @throws IOException the file can't be read
   */
  public static Map<String, String> read(Path resolved) throws ExperimentException, IOException {
    var settings = new LinkedHashMap<String, String>();
    YamlTree tree = root(resolved, new Problems()).tree();
    if (tree != null) {
      put(settings, "", tree);
    }
    return settings;
  }

  /** What stands in the file, unchecked but for being YAML; what is wrong with it joins them. */
  static Value root(Path resolved, Problems problems) throws ExperimentException, IOException {
    var whole = new Place(0, resolved.toString(), 0, 0);
    String text = SourceText.read(resolved, whole, problems);
    problems.check();
    Optional<YamlTree> tree = new YamlParser(whole, problems).parse(text);
    problems.check();
    return new Value(tree.orElse(null), whole, "", problems);
  }

  private static void put(Map<String, String> settings, String path, YamlTree tree) {
    if (tree instanceof Entries map) {
      map.entries().forEach((key, entry) -> put(settings, Value.join(path, key), entry.value()));
    } else if (tree instanceof Items list
        && !list.values().stream().allMatch(Scalar.class::isInstance)) {
      for (int i = 0; i < list.values().size(); i++) {
        put(settings, Value.join(path, "" + i), list.values().get(i));
      }
    } else if (tree instanceof Items list) {
      settings.put(
          path,
          list.values().stream()
              .map(item -> ((Scalar) item).text())
              .collect(Collectors.joining(", ", "[", "]")));
    } else {
      settings.put(path, ((Scalar) tree).text());
    }
  }
}
