package io.github.faasbench.cluster.ssh.session;

import java.util.List;

/**
 * OpenSSH's host patterns (ssh_config(5), PATTERNS): {@code *}, {@code ?}, and {@code !} before.
 */
final class HostPatterns {

  private HostPatterns() {}

  /** Whether one of the patterns fits, and none of those after a {@code !}. */
  static boolean match(List<String> patterns, String host) {
    boolean found = false;
    for (String pattern : patterns) {
      boolean negated = pattern.startsWith("!");
      if (matches(negated ? pattern.substring(1) : pattern, host)) {
        if (negated) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  private static boolean matches(String pattern, String host) {
    StringBuilder regex = new StringBuilder("(?is)");
    for (char c : pattern.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : "\\Q" + c + "\\E");
    }
    return host.matches(regex.toString());
  }
}
