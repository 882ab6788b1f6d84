package io.github.faasbench.cluster.ssh.session;

import io.github.faasbench.experiment.NodeSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the way to a node: what the experiment says counts, then the OpenSSH configuration, then
 * the defaults. The configuration can make host keys stricter and never laxer, and its lists of
 * algorithms are not used.
 */
final class Hops {
  private static final int MOST = 8;
  private static final int SSH_PORT = 22;
  private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final NodeSpec spec;
  private final LoginSettings settings;
  private final SshConfig config;

  private Hops(NodeSpec spec, LoginSettings settings) throws LoginException {
    this.spec = spec;
    this.settings = settings;
    this.config = new SshConfig(configFile(), settings.home(), settings.log());
  }

  /** The hosts to log in to, one through the other; the node is the last. */
  static List<Hop> to(NodeSpec spec, LoginSettings settings) throws LoginException {
    Hops hops = new Hops(spec, settings);
    HostSettings found = hops.config.lookup(spec.host(), spec.user());
    Hop node = hops.node(found);
    List<String> jump = spec.login().jump();
    List<Hop> way = hops.jumps(jump.isEmpty() ? proxyJump(found) : jump, node, 0);
    if (way.isEmpty() && !found.first("proxycommand", "none").equals("none")) {
      throw new LoginException(
          found.place("proxycommand")
              + " gives "
              + spec.host()
              + " a ProxyCommand, and faasbench runs no command of the SSH configuration; use"
              + " ProxyJump there or `jump` of the node, or `sshConfig: off`");
    }
    return Stream.concat(way.stream(), Stream.of(node)).toList();
  }

  private Path configFile() throws LoginException {
    Optional<String> named = spec.login().sshConfig();
    if (named.isEmpty()) {
      return settings.home().resolve(".ssh").resolve("config");
    }
    if (named.get().equals("off")) {
      return null;
    }
    Path file = settings.locate(named.get());
    if (!Files.isReadable(file)) {
      throw new LoginException(
          "sshConfig names " + file + ", which can't be read; correct the path");
    }
    return file;
  }

  private Hop node(HostSettings found) throws LoginException {
    NodeSpec.Login login = spec.login();
    Hop.Keys keys;
    if (login.identity().isPresent()) {
      List<Path> file = List.of(settings.locate(login.identity().get()));
      keys = new Hop.Keys(file, true, true, login.passphraseEnv(), agent(found));
    } else {
      keys = keys(found);
    }
    int port = spec.port() > 0 ? spec.port() : found.number("port", SSH_PORT, 1, 65_535);
    return hop(found, port, found.user(), login.hostKey(), keys, login.passwordEnv());
  }

  private Hop.Keys keys(HostSettings found) throws LoginException {
    List<Path> files = found.paths("identityfile");
    boolean named = !files.isEmpty();
    if (!named) {
      Path folder = settings.home().resolve(".ssh");
      files = USUAL_KEYS.stream().map(folder::resolve).toList();
    }
    boolean only = found.yes("identitiesonly");
    return new Hop.Keys(files, named, only, Optional.empty(), agent(found));
  }

  private Optional<Path> agent(HostSettings found) throws LoginException {
    String socket = settings.environment().apply("SSH_AUTH_SOCK");
    String configured = found.first("identityagent", "SSH_AUTH_SOCK");
    if (configured.equals("none")) {
      return Optional.empty();
    }
    if (!configured.equals("SSH_AUTH_SOCK")) {
      return Optional.of(found.path(configured, Path.of("")));
    }
    return socket == null || socket.isEmpty() ? Optional.empty() : Optional.of(Path.of(socket));
  }

  private Hop hop(
      HostSettings found,
      int port,
      String user,
      Optional<String> hostKey,
      Hop.Keys keys,
      Optional<String> passwordEnv)
      throws LoginException {
    if (user.isEmpty()) {
      throw new LoginException(
          "no user is named for "
              + found.alias()
              + "; give the node `user`, or the SSH configuration a User for this host");
    }
    Optional<String> alias =
        found.has("hostkeyalias") ? Optional.of(found.first("hostkeyalias", "")) : Optional.empty();
    String host = found.hostName();
    return new Hop(
        found.alias(),
        host,
        port,
        user,
        alias.orElse(KnownHosts.hostPort(host, port)),
        alias,
        hostKey,
        knownHosts(found),
        found.yes("stricthostkeychecking"),
        keys,
        passwordEnv,
        limit(found, "serveraliveinterval", 5),
        limit(found, "serveralivecountmax", 3),
        limit(found, "connecttimeout", 15));
  }

  /** 0 means without limit, and here everything has one. */
  private static int limit(HostSettings found, String key, int otherwise) throws LoginException {
    int configured = found.number(key, otherwise, 0, 3_600);
    return configured == 0 ? otherwise : configured;
  }

  private List<Path> knownHosts(HostSettings found) throws LoginException {
    List<Path> files = new ArrayList<>();
    if (found.has("userknownhostsfile")) {
      files.addAll(found.pathsOfFirst("userknownhostsfile"));
    } else {
      files.add(settings.home().resolve(".ssh").resolve("known_hosts"));
    }
    if (found.has("globalknownhostsfile")) {
      files.addAll(found.pathsOfFirst("globalknownhostsfile"));
    } else {
      files.add(Path.of("/etc/ssh/ssh_known_hosts"));
    }
    return files;
  }

  private static List<String> proxyJump(HostSettings found) {
    return found.has("proxyjump") ? List.of(found.first("proxyjump", "").split(",")) : List.of();
  }

  /** As OpenSSH does it: the first jump host of a list may have jump hosts of its own. */
  private List<Hop> jumps(List<String> hosts, Hop node, int depth) throws LoginException {
    List<Hop> way = new ArrayList<>();
    if (hosts.isEmpty() || hosts.equals(List.of("none"))) {
      return way;
    }
    if (depth + hosts.size() > MOST) {
      throw new LoginException(
          "more than " + MOST + " jump hosts lead to " + spec.host() + "; do they form a circle?");
    }
    for (String host : hosts) {
      JumpHost jump = JumpHost.parse(host, spec.host());
      HostSettings found = config.lookup(jump.host(), jump.user());
      if (way.isEmpty()) {
        way.addAll(jumps(proxyJump(found), node, depth + hosts.size()));
      }
      int port = jump.port() > 0 ? jump.port() : found.number("port", SSH_PORT, 1, 65_535);
      String user = found.user().isEmpty() ? node.user() : found.user();
      boolean own = found.has("identityfile") || !node.keys().named();
      Hop.Keys keys = own ? keys(found) : node.keys();
      way.add(hop(found, port, user, Optional.empty(), keys, Optional.empty()));
    }
    return way;
  }

  /** {@code [user@]host[:port]}; parts that are not written are empty or 0. */
  private record JumpHost(String user, String host, int port) {
    static JumpHost parse(String written, String of) throws LoginException {
      String text = written.strip().replaceFirst("^ssh://", "");
      int at = text.lastIndexOf('@');
      String rest = text.substring(at + 1);
      int colon = rest.endsWith("]") ? -1 : rest.lastIndexOf(':');
      String port = colon < 0 ? "0" : rest.substring(colon + 1);
      String host = (colon < 0 ? rest : rest.substring(0, colon)).replaceAll("^\\[|]$", "");
      if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
        throw new LoginException(
            "'" + written + "' is no jump host for " + of + "; allowed: host, user@host:port");
      }
      return new JumpHost(at < 0 ? "" : text.substring(0, at), host, Integer.parseInt(port));
    }
  }
}
