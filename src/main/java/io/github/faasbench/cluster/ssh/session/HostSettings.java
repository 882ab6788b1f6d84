package io.github.faasbench.cluster.ssh.session;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an OpenSSH configuration says of one host. Keys are in lower case. */
final class HostSettings {

  private final String alias;
  private final String user;
  private final Path home;
  private final Map<String, List<Setting>> settings = new HashMap<>();

  HostSettings(String alias, String user, Path home) {
    this.alias = alias;
    this.user = user;
    this.home = home;
  }

  private record Setting(List<String> values, String place) {}

  void add(String key, List<String> values, String place) {
    settings
        .computeIfAbsent(key, k -> new ArrayList<>())
        .add(new Setting(List.copyOf(values), place));
  }

  /** The host as the experiment names it. */
  String alias() {
    return alias;
  }

  String hostName() {
    return first("hostname", alias).replace("%h", alias).replace("%%", "%");
  }

  /** Who logs in: the experiment's word, else the configuration's; empty when neither says it. */
  String user() {
    return user.isEmpty() ? first("user", "") : user;
  }

  boolean has(String key) {
    return settings.containsKey(key);
  }

  /** The first value that counts. */
  String first(String key, String otherwise) {
    return has(key) ? settings.get(key).get(0).values().get(0) : otherwise;
  }

  boolean yes(String key) {
    return first(key, "").equalsIgnoreCase("yes");
  }

  /** Where the value that counts is written. */
  String place(String key) {
    return settings.get(key).get(0).place();
  }

  /**
   * A whole number.
   *
   * @throws LoginException when it is none, or out of bounds
   */
  int number(String key, int otherwise, int least, int most) throws LoginException {
    String text = first(key, String.valueOf(otherwise));
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new LoginException(
        place(key) + ": " + key + " is '" + text + "'; allowed: " + least + " to " + most);
  }

  /** Values of all lines with the key, as paths; {@code none} is left out. */
  List<Path> paths(String key) throws LoginException {
    List<Path> paths = new ArrayList<>();
    for (Setting setting : settings.getOrDefault(key, List.of())) {
      paths.add(path(setting.values().get(0), Path.of("")));
    }
    paths.removeIf(path -> path.toString().equals("none"));
    return paths;
  }

  /** All values of the line that counts, as paths. */
  List<Path> pathsOfFirst(String key) throws LoginException {
    List<Path> paths = new ArrayList<>();
    for (String value : settings.get(key).get(0).values()) {
      if (!value.equals("none")) {
        paths.add(path(value, Path.of("")));
      }
    }
    return paths;
  }

  /** With {@code ~} and OpenSSH's tokens filled in. */
  Path path(String written, Path folder) throws LoginException {
    String text = written;
    if (text.equals("~") || text.startsWith("~/")) {
      text = home + text.substring(1);
    }
    StringBuilder full = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (text.charAt(i) == '%' && "dhnpru%".indexOf(next) >= 0 && next != 0) {
        full.append(token(next));
        i++;
      } else {
        full.append(text.charAt(i));
      }
    }
    try {
      return folder.resolve(full.toString());
    } catch (InvalidPathException e) {
      throw new LoginException("the SSH configuration names no usable path: " + e.getMessage());
    }
  }

  private String token(char token) {
    return switch (token) {
      case 'd' -> home.toString();
      case 'h' -> hostName();
      case 'n' -> alias;
      case 'p' -> first("port", "22");
      case 'r' -> user();
      case 'u' -> System.getProperty("user.name", "");
      default -> "%";
    };
  }
}
