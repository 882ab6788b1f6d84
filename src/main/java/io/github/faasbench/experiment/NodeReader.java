package io.github.faasbench.experiment;

import io.github.faasbench.experiment.NodeSpec.Limits;
import io.github.faasbench.experiment.NodeSpec.Login;
import io.github.faasbench.experiment.NodeSpec.WhenFull;
import io.github.faasbench.experiment.YamlTree.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the nodes of the experiment file. */
final class NodeReader {

  private static final int MOST_NODES = 100_000;
  static final List<String> KEYS =
      List.of(
          "name",
          "host",
          "port",
          "user",
          "identity",
          "passphraseEnv",
          "passwordEnv",
          "hostKey",
          "jump",
          "sshConfig",
          "cpu",
          "memory",
          "weight",
          "slots",
          "bandwidth",
          "whenFull");
  static final List<String> GROUP_KEYS =
      List.of("count", "cpu", "memory", "weight", "slots", "bandwidth", "whenFull");
  private static final Pattern HOST = Pattern.compile("[^\\s\\p{Cntrl}@-][^\\s\\p{Cntrl}@]*");
  private static final Pattern ONE_WORD = Pattern.compile("[^\\s\\p{Cntrl}-][^\\s\\p{Cntrl}]*");
  private static final Pattern JUMP =
      Pattern.compile(
          "([^\\s\\p{Cntrl}@,:-][^\\s\\p{Cntrl}@,:]*@)?" // user
              + "([^\\s\\p{Cntrl}@,:\\[\\]-][^\\s\\p{Cntrl}@,:\\[\\]]*|\\[[0-9A-Fa-f:.]+])" // host
              + "(:[0-9]{1,5})?"); // port
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern HOST_KEY = Pattern.compile("off|SHA256:[A-Za-z0-9+/]{43}=?");

  private final boolean sim;

  /**
   * @param sim whether the nodes are simulated: then they have limits, and need no login
   */
  NodeReader(boolean sim) {
    this.sim = sim;
  }

  /** The nodes of a list, or of the map form that only the simulated cluster takes. */
  List<NodeSpec> all(Value nodes) {
    if (nodes.isMap()) {
      return group(nodes);
    }
    var specs = new ArrayList<NodeSpec>();
    var names = new HashSet<String>();
    for (Value node : nodes.items()) {
      if (node.map(KEYS, "password", "passphrase")) {
        node.require(sim ? List.of("name", "cpu") : List.of("name", "host"));
        specs.add(one(node));
        Value name = node.at("name");
        String given = specs.get(specs.size() - 1).name();
        if (!given.isEmpty() && !names.add(given)) {
          name.problem("duplicate name " + Problems.quote(given));
        }
      }
    }
    return specs;
  }

  private List<NodeSpec> group(Value nodes) {
    if (!sim) {
      nodes.problem(
          "a number of nodes is for simulated ones (backend: sim); over ssh list them, each with"
              + " name, host and user");
      return List.of();
    }
    nodes.map(GROUP_KEYS);
    nodes.require(List.of("count", "cpu"));
    long count = nodes.at("count").whole("a whole number", 1, 1, MOST_NODES);
    return NodeSpec.copies(one(nodes), (int) count);
  }

  private NodeSpec one(Value node) {
    return new NodeSpec(
        node.at("name").text("", FunctionSpec.NAME, FunctionSpec.NAME_RULE),
        node.at("host").text("", HOST, "is no host name or address"),
        (int) node.at("port").whole(0, 1, 65_535),
        node.at("user").text("", ONE_WORD, "is no login name"),
        login(node),
        node.at("cpu").above0(Double.NaN, Double.MAX_VALUE),
        node.at("memory").size(0),
        node.at("weight").above0(1, Double.MAX_VALUE),
        limits(node));
  }

  private static Login login(Value node) {
    for (String secret : List.of("password", "passphrase")) {
      if (node.at(secret).present()) {
        node.at(secret)
            .problem(
                "no secrets in the experiment file; name an environment variable that holds it"
                    + " instead, as in "
                    + secret
                    + "Env: NODE_"
                    + secret.toUpperCase(Locale.ROOT));
      }
    }
    Value identity = node.at("identity");
    Value password = node.at("passwordEnv");
    if (identity.present() && password.present()) {
      password.problem("identity is given as well; a node has one of the two");
    }
    Value passphrase = node.at("passphraseEnv");
    if (passphrase.present() && !identity.present()) {
      passphrase.problem("it is for the node's own key: name that as identity");
    }
    return new Login(
        Optional.ofNullable(identity.text(null)),
        Optional.ofNullable(variable(passphrase)),
        Optional.ofNullable(variable(password)),
        Optional.ofNullable(
            node.at("hostKey").text(null, HOST_KEY, "is no host key; allowed: SHA256:…, off")),
        jump(node.at("jump")),
        Optional.ofNullable(node.at("sshConfig").text(null)));
  }

  private static List<String> jump(Value jump) {
    return jump.present()
        ? (jump.isList() ? jump.items() : List.of(jump))
            .stream()
                .map(hop -> hop.text("", JUMP, "is no jump host; allowed: host, user@host:port"))
                .toList()
        : List.of();
  }

  /** The message doesn't repeat a wrong value: somebody may have put the password there. */
  private static String variable(Value password) {
    String name = password.text(null);
    if (name == null || VARIABLE.matcher(name).matches()) {
      return name;
    }
    password.problem("the name of an environment variable is wanted; letters, digits and _");
    return null;
  }

  private Limits limits(Value node) {
    for (String key : List.of("slots", "bandwidth", "whenFull")) {
      if (!sim && node.at(key).present()) {
        node.at(key).problem("only simulated nodes have it (backend: sim); a real node does not");
      }
    }
    return new Limits(
        slots(node.at("slots")),
        node.at("bandwidth").bandwidth(0),
        node.at("whenFull").oneOf(WhenFull.QUEUE, Set.of()));
  }

  private static int slots(Value slots) {
    if (slots.tree() instanceof Scalar scalar && scalar.text().equals("unlimited")) {
      return Integer.MAX_VALUE;
    }
    return (int)
        slots.whole("a whole number or unlimited", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
  }
}
