package io.github.faasbench.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The keys that {@code --set} takes, and the values that they may have, from the file's schema. */
public final class Settings {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode schema;
  private final Map<String, Set<String>> values = new TreeMap<>();

  private Settings(JsonNode schema) {
    this.schema = schema;
  }

  /**
   * Dotted paths, of lists the first element's only, and the words that may stand there; none where
   * any text or number may.
   */
  public static Map<String, Set<String>> of(Vocabulary vocabulary) throws IOException {
    var settings = new Settings(JSON.readTree(ExperimentSchema.of(vocabulary, name -> "")));
    settings.addAll("", settings.schema.get("properties"));
    settings.addAll("nodes.", settings.schema.at("/$defs/nodeGroup/properties"));
    settings.addAll("functions.0.", settings.schema.at("/$defs/function/properties"));
    return settings.values;
  }

  private void add(String path, JsonNode given) {
    Set<String> words = values.computeIfAbsent(path, key -> new LinkedHashSet<>());
    for (JsonNode form : forms(given)) {
      form.path("enum").forEach(word -> words.add(word.asText()));
      if (form.has("const")) {
        words.add(form.get("const").asText());
      }
      if (form.path("type").asText().equals("boolean")) {
        words.add("true");
        words.add("false");
      }
      JsonNode properties = form.path("properties");
      boolean choice = properties.size() == 1 && form.path("required").size() == 1;
      if (choice) {
        words.add(form.get("required").get(0).asText());
      } else {
        addAll(path + ".", properties);
      }
    }
  }

  private void addAll(String before, JsonNode properties) {
    properties.properties().forEach(one -> add(before + one.getKey(), one.getValue()));
  }

  /** A key's forms one by one, with what they refer to in their place. */
  private Iterable<JsonNode> forms(JsonNode given) {
    var forms = new ArrayList<JsonNode>();
    JsonNode node = given.has("$ref") ? schema.at(given.get("$ref").asText().substring(1)) : given;
    forms.add(node);
    node.path("anyOf").forEach(form -> forms(form).forEach(forms::add));
    return forms;
  }
}
