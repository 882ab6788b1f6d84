package io.github.faasbench.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One node of the experiment file.
 *
 * @param name unique; what the CSV's {@code node} column shows
 * @param host host name or address of its SSH server
 * @param port TCP port of the SSH server
 * @param user login name
 * @param identity path of the private key, as written; empty: the agent or {@code passwordEnv}
 * @param passwordEnv name of the environment variable that holds the password; never the password
 * @param hostKey fingerprint {@code SHA256:…} to insist on, or {@code off}; empty: trust on first
 *     use
 * @param cpu the node's cores, as the file states them (NaN: not stated)
 * @param memoryBytes the node's memory, as the file states it (0: not stated)
 * @param weight for weighted policies
 * @param limits what only simulated nodes have
 */
public record NodeSpec(
    String name,
    String host,
    int port,
    String user,
    Optional<String> identity,
    Optional<String> passwordEnv,
    Optional<String> hostKey,
    double cpu,
    long memoryBytes,
    double weight,
    Limits limits) {

  /**
   * Limits of a simulated node.
   *
   * @param slots most calls that run at once; {@link Integer#MAX_VALUE}: unlimited
   * @param bandwidthBytes per second, for image pulls; 0: not given
   * @param whenFull what becomes of a call for which there is no slot or no memory
   */
  public record Limits(int slots, long bandwidthBytes, WhenFull whenFull) {
    /** None. */
    public static final Limits NONE = new Limits(Integer.MAX_VALUE, 0, WhenFull.QUEUE);
  }

  /** What a simulated node does with a call that it has no room for. */
  public enum WhenFull {
    /** It waits on the node, first in first out. */
    QUEUE,
    /** It is rejected. */
    REJECT
  }

  private static final int SSH_PORT = 22;
  private static final List<String> KEYS =
      List.of(
          "name",
          "host",
          "port",
          "user",
          "identity",
          "passwordEnv",
          "hostKey",
          "cpu",
          "memory",
          "weight",
          "jump",
          "slots");
  private static final List<String> GROUP_KEYS = List.of("count", "cpu", "memory", "slots");
  private static final Pattern ONE_WORD = Pattern.compile("[^\\s\\p{Cntrl}-][^\\s\\p{Cntrl}]*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern HOST_KEY = Pattern.compile("off|SHA256:[A-Za-z0-9+/]{43}=?");

  /** The nodes of a list, or of the map form that only the simulated cluster takes. */
  static List<NodeSpec> readAll(Value nodes, boolean ssh) {
    if (nodes.isMap()) {
      if (nodes.map(GROUP_KEYS)) {
        nodes.at("count").required().whole(1, 1, Integer.MAX_VALUE);
        nodes.at("cpu").above0(Double.NaN, Double.MAX_VALUE);
        nodes.at("memory").size(0);
        readSlots(nodes.at("slots"));
        nodes.notYetSupported("a number of simulated nodes", List.of("a list of nodes"));
      }
      return List.of();
    }
    var specs = new ArrayList<NodeSpec>();
    var names = new HashSet<String>();
    for (Value node : nodes.items()) {
      if (node.map(KEYS, "password")) {
        node.require(ssh ? List.of("name", "host", "user") : List.of("name"));
        specs.add(read(node));
        Value name = node.at("name");
        String given = specs.get(specs.size() - 1).name();
        if (!given.isEmpty() && !names.add(given)) {
          name.problem("duplicate name " + Problems.quote(given));
        }
      }
    }
    return specs;
  }

  private static NodeSpec read(Value node) {
    if (node.at("password").present()) {
      node.at("password")
          .problem(
              "no secrets in the experiment file; name an environment variable that holds it"
                  + " instead, as in passwordEnv: NODE_PASSWORD");
    }
    Value identity = node.at("identity");
    Value password = node.at("passwordEnv");
    if (identity.present() && password.present()) {
      password.problem("identity is given as well; a node has one of the two");
    }
    if (node.at("jump").text(null, ONE_WORD, "is no host name") != null) {
      node.at("jump").notYetSupported("a jump host", List.of());
    }
    if (node.at("slots").present()) {
      readSlots(node.at("slots"));
      node.at("slots").notYetSupported("a limit of the simulated cluster", List.of());
    }
    return new NodeSpec(
        node.at("name").text("", FunctionSpec.NAME, FunctionSpec.NAME_RULE),
        node.at("host").text("", ONE_WORD, "is no host name or address"),
        (int) node.at("port").whole(SSH_PORT, 1, 65_535),
        node.at("user").text("", ONE_WORD, "is no login name"),
        Optional.ofNullable(identity.text(null)),
        Optional.ofNullable(readVariable(password)),
        Optional.ofNullable(
            node.at("hostKey").text(null, HOST_KEY, "is no host key; allowed: SHA256:…, off")),
        node.at("cpu").above0(Double.NaN, Double.MAX_VALUE),
        node.at("memory").size(0),
        node.at("weight").above0(1, Double.MAX_VALUE),
        Limits.NONE);
  }

  /** The message doesn't repeat a wrong value: somebody may have put the password there. */
  private static String readVariable(Value password) {
    String name = password.text(null);
    if (name == null || VARIABLE.matcher(name).matches()) {
      return name;
    }
    password.problem("the name of an environment variable is wanted; letters, digits and _");
    return null;
  }

  private static void readSlots(Value slots) {
    if (!(slots.tree() instanceof YamlTree.Scalar scalar && scalar.text().equals("unlimited"))) {
      slots.whole("a whole number or unlimited", 1, 1, Integer.MAX_VALUE);
    }
  }
}
