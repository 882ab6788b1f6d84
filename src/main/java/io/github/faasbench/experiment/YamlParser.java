package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Entries;
import io.github.faasbench.experiment.YamlTree.Entry;
import io.github.faasbench.experiment.YamlTree.Items;
import io.github.faasbench.experiment.YamlTree.Place;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads one YAML text into a {@link YamlTree}. Composes SnakeYAML nodes instead of binding objects:
 * nodes carry exact marks and resolve aliases, which Jackson's tree does not.
 */
final class YamlParser {

  private static final int DEEPEST = 50;
  private static final int MOST_ALIASES = 1000;
  private static final int MOST_MERGED_KEYS = 100_000;

  private final Place source;
  private final Problems problems;
  private final Map<Node, YamlTree> done = new IdentityHashMap<>();
  private final Map<Node, Boolean> open = new IdentityHashMap<>();
  private int mergedKeys;

  /**
   * @param source names the text in messages; parts of an override all stand at its one place
   */
  YamlParser(Place source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  /** The text's one document; empty when there is none or when it is not YAML. */
  Optional<YamlTree> parse(String text) {
    var options = new LoaderOptions();
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setCodePointLimit(Integer.MAX_VALUE);
    var parser = new ParserImpl(new StreamReader(text), options);
    var composer = new Composer(parser, new Resolver(), options);
    try {
      if (!composer.checkNode()) {
        return Optional.empty();
      }
      YamlTree tree = convert(composer.getNode(), "");
      if (!parser.checkEvent(Event.ID.StreamEnd)) {
        problems.add(
            place(parser.peekEvent().getStartMark()),
            "",
            "a second document ('---') starts here; a file holds one experiment");
      }
      return Optional.of(tree);
    } catch (MarkedYAMLException e) {
      problems.add(place(e.getProblemMark()), "", notYaml(e));
    } catch (YAMLException e) {
      problems.add(placeOfNext(parser), "", tooMuch(e));
    }
    return Optional.empty();
  }

  private static String notYaml(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem()).replaceAll("\\s+", " ").strip();
    problem = problem.replaceAll("but got (\\S+)$", "but got '$1'");
    if (problem.contains("'\\t(TAB)'")) {
      return "not valid YAML: a tab can't indent or start a value; use spaces";
    }
    if (problem.equals("mapping values are not allowed here")) {
      return "not valid YAML: a second ': ' on this line; quote the value or start a new line";
    }
    String context = e.getContext() == null ? "" : " (" + e.getContext().strip() + ")";
    return "not valid YAML: " + problem + context;
  }

  private static String tooMuch(YAMLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Nesting Depth")) {
      return "nested deeper than " + DEEPEST + " levels; an experiment file needs no more than 6";
    }
    if (message.startsWith("Number of aliases")) {
      return "more than " + MOST_ALIASES + " aliases of lists and maps";
    }
    return "not valid YAML: " + message.replaceAll("\\s+", " ").strip();
  }

  private Place placeOfNext(ParserImpl parser) {
    try {
      return place(parser.peekEvent().getStartMark());
    } catch (YAMLException e) {
      return source;
    }
  }

  private Place place(Mark mark) {
    return source.source() > 0 || mark == null
        ? source
        : new Place(0, source.name(), mark.getLine() + 1, mark.getColumn() + 1);
  }

  private YamlTree convert(Node node, String path) {
    YamlTree known = done.get(node);
    if (known != null) {
      return known;
    }
    Place place = place(node.getStartMark());
    if (open.put(node, true) != null) {
      problems.add(place, path, "an alias stands inside its own anchor");
      return new Scalar("", true, true, place);
    }
    if (!node.getTag().startsWith(Tag.PREFIX)) {
      problems.add(place, path, "the tag " + node.getTag() + " means nothing here");
    }
    YamlTree tree;
    if (node instanceof ScalarNode scalar) {
      boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
      tree = new Scalar(scalar.getValue(), plain, node.getTag().equals(Tag.NULL), place);
    } else if (node instanceof SequenceNode list) {
      var values = new ArrayList<YamlTree>();
      for (Node item : list.getValue()) {
        values.add(convert(item, Value.join(path, String.valueOf(values.size()))));
      }
      tree = new Items(values, place);
    } else {
      tree = new Entries(entries((MappingNode) node, path), place);
    }
    open.remove(node);
    done.put(node, tree);
    return tree;
  }

  private Map<String, Entry> entries(MappingNode node, String path) {
    var own = new LinkedHashMap<String, Entry>();
    var merged = new LinkedHashMap<String, Entry>();
    for (NodeTuple tuple : node.getValue()) {
      Node key = tuple.getKeyNode();
      Place place = place(key.getStartMark());
      if (key.getTag().equals(Tag.MERGE)) {
        merge(convert(tuple.getValueNode(), path), path, merged, true);
      } else if (!(key instanceof ScalarNode)) {
        problems.add(place, path, "a key must be a single word");
      } else {
        String name = ((ScalarNode) key).getValue();
        Entry first = own.get(name);
        Entry entry = new Entry(place, convert(tuple.getValueNode(), Value.join(path, name)));
        if (first == null) {
          own.put(name, entry);
        } else {
          String where = place.line() == 0 ? "" : "; first on line " + first.keyPlace().line();
          problems.add(place, Value.join(path, name), "duplicate key" + where);
        }
      }
    }
    merged.forEach(own::putIfAbsent);
    return own;
  }

  /** A merge key takes a map or a list of maps; of a list the earlier map wins, as YAML says. */
  private void merge(YamlTree value, String path, Map<String, Entry> merged, boolean listAllowed) {
    if (value instanceof Entries map) {
      if (mergedKeys > MOST_MERGED_KEYS) {
        return;
      }
      mergedKeys += map.entries().size();
      if (mergedKeys > MOST_MERGED_KEYS) {
        problems.add(
            value.place(), path, "merge keys copy more than " + MOST_MERGED_KEYS + " keys");
      }
      map.entries().forEach(merged::putIfAbsent);
    } else if (value instanceof Items list && listAllowed) {
      for (YamlTree item : List.copyOf(list.values())) {
        merge(item, path, merged, false);
      }
    } else {
      problems.add(
          value.place(),
          path,
          "the merge key '<<' takes a map or a list of maps, not " + value.kind());
    }
  }
}
