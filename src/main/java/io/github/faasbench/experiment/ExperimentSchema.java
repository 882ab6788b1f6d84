package io.github.faasbench.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.faasbench.experiment.Vocabulary.Parameter;
import io.github.faasbench.experiment.Vocabulary.Quantity;
import io.github.faasbench.experiment.Vocabulary.Term;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The JSON Schema (draft 2020-12) of the experiment file, for editors. It is as strict as a schema
 * can be without refusing what {@link ExperimentReader} takes. Keys stand in a resource; names,
 * parameters and constants come from where the reader has them.
 */
public final class ExperimentSchema {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keys that take one of an enum's constants, as JSON pointers. */
  private static final Map<String, Class<? extends Enum<?>>> CONSTANTS =
      Map.ofEntries(
          Map.entry("/properties/backend", ExperimentReader.Backend.class),
          Map.entry("/properties/cluster/properties/profile", ClusterSpec.Profile.class),
          Map.entry("/properties/engine", Experiment.EngineKind.class),
          Map.entry("/properties/order", Experiment.Order.class),
          Map.entry("/properties/mix", Experiment.Mix.class),
          Map.entry("/properties/stop/properties/of", StopSpec.Of.class),
          Map.entry("/properties/reuse", Experiment.Reuse.class),
          Map.entry("/properties/busy", Experiment.Busy.class),
          Map.entry("/properties/whenNoNode", Experiment.WhenNoNode.class),
          Map.entry("/properties/network", Experiment.Network.class),
          Map.entry("/properties/primary", PrimaryStatistic.class),
          Map.entry("/properties/queue/properties/at", ExperimentReader.QueueAt.class),
          Map.entry("/$defs/node/properties/whenFull", NodeSpec.WhenFull.class),
          Map.entry("/$defs/nodeGroup/properties/whenFull", NodeSpec.WhenFull.class));

  private final UnaryOperator<String> descriptions;

  private ExperimentSchema(UnaryOperator<String> descriptions) {
    this.descriptions = descriptions;
  }

  /**
   * The schema as JSON text that ends with a newline.
   *
   * @param descriptions of a name, such as {@code policy.power-of-d}, or of its parameter, such as
   *     {@code policy.power-of-d.d}; empty: none
   */
  public static String of(Vocabulary vocabulary, UnaryOperator<String> descriptions)
      throws IOException {
    return JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(new ExperimentSchema(descriptions).fill(vocabulary))
        + "\n";
  }

  private ObjectNode fill(Vocabulary vocabulary) throws IOException {
    ObjectNode schema;
    try (InputStream in = ExperimentSchema.class.getResourceAsStream("experiment.schema.json")) {
      schema = (ObjectNode) JSON.readTree(in);
    }
    CONSTANTS.forEach(
        (pointer, constants) -> {
          ArrayNode names = ((ObjectNode) schema.at(pointer)).putArray("enum");
          for (Enum<?> constant : constants.getEnumConstants()) {
            names.add(Constants.written(constant));
          }
        });
    factor(schema, "policy", vocabulary.policies());
    factor(schema, "warming", vocabulary.warmings());
    factor(schema, "workload", vocabulary.workloads());
    factor(schema, "keepAlive", vocabulary.keepAlives());
    ObjectNode loadProbe = (ObjectNode) schema.at("/properties/loadProbe");
    choice(loadProbe.putArray("anyOf"), "loadProbe", ExperimentReader.loadProbes(true));
    ObjectNode order = (ObjectNode) schema.at("/properties/queue/properties/order");
    choice(order.putArray("anyOf"), "queueOrder", vocabulary.queueOrders());
    users((ArrayNode) order.get("anyOf"));
    for (String key : List.of("policy", "warming", "keepAlive")) {
      users((ArrayNode) schema.at("/$defs/" + key + "/anyOf"));
    }
    ((ObjectNode) schema.at("/$defs/check")).put("pattern", checks(vocabulary.measures()));
    ArrayNode distribution = definition(schema, "distribution").putArray("anyOf");
    distribution.addObject().put("$ref", "#/$defs/duration");
    choice(distribution, "distribution", ModelText.DISTRIBUTIONS);
    return schema;
  }

  private static final String PERCENTILE = "latency[.]p[0-9]{1,2}([.][0-9]{1,4})?";

  /** A pattern for each way in which a limit is written. */
  private static String checks(Map<String, Quantity> measures) {
    var patterns = new ArrayList<String>();
    for (Quantity quantity : Quantity.values()) {
      List<String> names =
          measures.keySet().stream()
              .filter(name -> measures.get(name) == quantity)
              .map(name -> name.replace(".", "[.]"))
              // Any percentile may stand where this one may.
              .map(name -> name.equals("latency[.]p95") ? name + "|" + PERCENTILE : name)
              .toList();
      String limit =
          switch (quantity) {
            case DURATION -> " ?(us|ms|s|m|h)";
            case SHARE -> " ?%";
            case RATE -> " ?/ ?(us|ms|s|m|h)";
            case NUMBER -> "";
          };
      patterns.add("(" + String.join("|", names) + ") *[<>]=? *[0-9]+([.][0-9]+)?" + limit);
    }
    return "^ *(" + String.join("|", patterns) + ") *$";
  }

  /** One value or a list of different ones. */
  private void factor(ObjectNode schema, String key, Map<String, Term> terms) {
    choice(definition(schema, key).putArray("anyOf"), key, terms);
    ArrayNode forms = ((ObjectNode) schema.at("/properties/" + key)).putArray("anyOf");
    forms.addObject().put("$ref", "#/$defs/" + key);
    ObjectNode list = forms.addObject();
    list.put("type", "array").put("minItems", 1).put("uniqueItems", true);
    list.putObject("items").put("$ref", "#/$defs/" + key);
  }

  private static ObjectNode definition(ObjectNode schema, String name) {
    return ((ObjectNode) schema.get("$defs")).putObject(name);
  }

  /** A name, a name with parameters as a map of one key, or the same as a text like a call. */
  private void choice(ArrayNode forms, String kind, Map<String, Term> terms) {
    new TreeMap<>(terms)
        .forEach(
            (name, term) -> {
              if (!term.supported()) {
                return;
              }
              boolean bare = term.parameters().stream().allMatch(p -> p.defaultValue() != null);
              if (bare) {
                describe(forms.addObject().put("const", name), kind + "." + name);
              }
              if (!term.parameters().isEmpty()) {
                called(forms.addObject(), kind + "." + name, name, term);
                String call = "^" + name.replace(".", "[.]") + " ?\\(.*\\)$";
                forms.addObject().put("type", "string").put("pattern", call);
              }
            });
  }

  /** A class of the user's jars: nothing else that is named there starts with a capital. */
  private static void users(ArrayNode forms) {
    String name = "^(\\w+[.])*[A-Z]\\w*";
    String what = "a class of policyJars";
    forms
        .addObject()
        .put("type", "string")
        .put("pattern", name + "( ?\\(.*\\))?$")
        .put("description", what);
    ObjectNode map = forms.addObject().put("type", "object").put("description", what);
    map.put("minProperties", 1).put("maxProperties", 1);
    map.putObject("propertyNames").put("pattern", name + "$");
    map.putObject("additionalProperties").putArray("type").add("object").add("null");
  }

  private void called(ObjectNode form, String path, String name, Term term) {
    form.put("type", "object").put("additionalProperties", false);
    form.putArray("required").add(name);
    ObjectNode inner = describe(form.putObject("properties").putObject(name), path);
    ArrayNode required = JSON.createArrayNode();
    ObjectNode parameters = JSON.createObjectNode();
    for (Parameter parameter : term.parameters()) {
      if (parameter.defaultValue() == null) {
        required.add(parameter.name());
      }
      describe(
          parameter(parameters.putObject(parameter.name()), parameter),
          path + "." + parameter.name());
    }
    // Without parameters the key may hold nothing.
    if (required.isEmpty()) {
      inner.putArray("type").add("object").add("null");
    } else {
      inner.put("type", "object").set("required", required);
    }
    inner.put("additionalProperties", false).set("properties", parameters);
  }

  private static ObjectNode parameter(ObjectNode schema, Parameter parameter) {
    String written = parameter.defaultValue();
    switch (parameter.type()) {
      case INTEGER -> schema.put("type", "integer");
      case NUMBER -> schema.put("type", "number");
      case BOOLEAN -> schema.put("type", "boolean");
      case DURATION -> schema.put("$ref", "#/$defs/duration");
      case RATE -> schema.put("$ref", "#/$defs/rate");
      case FILE -> schema.put("$ref", "#/$defs/path");
      default -> schema.put("$ref", "#/$defs/scalar");
    }
    boolean number =
        parameter.type() == Vocabulary.Type.INTEGER || parameter.type() == Vocabulary.Type.NUMBER;
    if (number && !Double.isNaN(parameter.minimum())) {
      schema.put("minimum", parameter.minimum());
    }
    if (parameter.type() == Vocabulary.Type.INTEGER) {
      schema.put("maximum", ChoiceReader.MOST_WHOLE);
    }
    if (!parameter.allowed().isEmpty()) {
      parameter.allowed().forEach(schema.putArray("enum")::add);
    }
    if (written != null && !written.isEmpty()) {
      if (number) {
        schema.put("default", Double.parseDouble(written));
      } else if (parameter.type() == Vocabulary.Type.BOOLEAN) {
        schema.put("default", Boolean.parseBoolean(written));
      } else {
        schema.put("default", written);
      }
    }
    return schema;
  }

  private ObjectNode describe(ObjectNode schema, String path) {
    String description = descriptions.apply(path);
    return description.isEmpty() ? schema : schema.put("description", description);
  }
}
