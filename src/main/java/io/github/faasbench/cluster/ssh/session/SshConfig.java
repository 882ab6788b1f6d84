package io.github.faasbench.cluster.ssh.session;

import io.github.faasbench.files.PlainFile;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * An OpenSSH client configuration (ssh_config(5)): {@code Host}, {@code Match} by host and user,
 * {@code Include}. The first value of a key counts. JSch's own reader is not used: it gives the
 * lines of a {@code Match} to the {@code Host} before it, drops the first of two blocks for the
 * same hosts, and knows neither {@code Include} nor quotes.
 *
 * <p>No command of it is ever run. A {@code Match} that can't be judged without one, or by what is
 * not known here, fits no host; the log says so.
 */
final class SshConfig {
  private static final int DEEPEST = 16;

  private final Path file;
  private final Path home;
  private final Consumer<String> log;

  /**
   * @param file may be absent: then nothing is configured
   */
  SshConfig(Path file, Path home, Consumer<String> log) {
    this.file = file;
    this.home = home;
    this.log = log;
  }

  /**
   * What it says of a host.
   *
   * @param alias the host as the experiment names it
   * @param user as the experiment names it; empty when it does not
   */
  HostSettings lookup(String alias, String user) throws LoginException {
    HostSettings found = new HostSettings(alias, user, home);
    if (file != null && Files.exists(file)) {
      read(file, 0, found);
    }
    return found;
  }

  private void read(Path from, int depth, HostSettings found) throws LoginException {
    if (depth > DEEPEST) {
      throw new LoginException(
          from + ": Include goes deeper than " + DEEPEST + " files; a circle?");
    }
    String text;
    try {
      text = PlainFile.text(from);
    } catch (IOException e) {
      throw new LoginException(
          "the SSH configuration "
              + from
              + " can't be read ("
              + FileErrors.of(e)
              + "); correct it, or give the node `sshConfig: off`");
    }
    boolean active = true;
    int number = 0;
    for (String line : text.split("\n")) {
      String place = from + ":" + ++number;
      List<String> words = words(line, place);
      if (words.isEmpty()) {
        continue;
      }
      String key = words.get(0).toLowerCase(Locale.ROOT);
      List<String> values = words.subList(1, words.size());
      switch (key) {
        case "host" -> active = HostPatterns.match(values, found.alias());
        case "match" -> active = fits(values, place, found);
        case "include" -> {
          if (active) {
            include(values, depth, found);
          }
        }
        default -> {
          if (active && !values.isEmpty()) {
            found.add(key, values, place);
          }
        }
      }
    }
  }

  private void include(List<String> names, int depth, HostSettings found) throws LoginException {
    for (String name : names) {
      Path path = found.path(name, home.resolve(".ssh"));
      List<Path> files = new ArrayList<>();
      if (Files.isDirectory(path.getParent())) {
        try (DirectoryStream<Path> some =
            Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
          some.forEach(files::add);
        } catch (IOException e) {
          throw new LoginException(
              "Include " + name + " in " + file + " can't be read: " + FileErrors.of(e));
        }
      }
      files.sort(null);
      for (Path each : files) {
        read(each, depth + 1, found);
      }
    }
  }

  private boolean fits(List<String> criteria, String place, HostSettings found) {
    boolean fits = true;
    for (int i = 0; i < criteria.size(); i++) {
      boolean negated = criteria.get(i).startsWith("!");
      String word = criteria.get(i).substring(negated ? 1 : 0).toLowerCase(Locale.ROOT);
      boolean alone = List.of("all", "canonical", "final").contains(word);
      String value = alone || i + 1 == criteria.size() ? "" : criteria.get(++i);
      List<String> patterns = List.of(value.split(","));
      boolean holds;
      switch (word) {
        case "all" -> holds = true;
        case "canonical", "final" -> holds = false; // there is one pass here
        case "host" -> holds = HostPatterns.match(patterns, found.hostName());
        case "originalhost" -> holds = HostPatterns.match(patterns, found.alias());
        case "user" -> holds = HostPatterns.match(patterns, found.user());
        case "localuser" ->
            holds = HostPatterns.match(patterns, System.getProperty("user.name", ""));
        default -> {
          log.accept(
              place + ": `Match " + word + "` is not judged here; its lines are passed over");
          return false;
        }
      }
      fits &= holds != negated;
    }
    return fits;
  }

  /** The key and its values; empty for a line without. */
  private static List<String> words(String line, String place) throws LoginException {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (true) {
      // Between the key and its first value an equals sign may stand.
      while (at < line.length() && isBlank(line.charAt(at))) {
        at++;
      }
      if (words.size() == 1 && at < line.length() && line.charAt(at) == '=') {
        at++;
        continue;
      }
      if (at == line.length() || line.charAt(at) == '#') {
        return words;
      }
      int end;
      if (line.charAt(at) == '"') {
        end = line.indexOf('"', ++at);
        if (end < 0) {
          throw new LoginException(place + ": a quote without its end; correct the line");
        }
        words.add(line.substring(at, end));
        at = end + 1;
      } else {
        end = at;
        while (end < line.length() && !ends(line.charAt(end), words.isEmpty())) {
          end++;
        }
        words.add(line.substring(at, end));
        at = end;
      }
    }
  }

  private static boolean ends(char c, boolean key) {
    return isBlank(c) || key && c == '=';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
  }
}
