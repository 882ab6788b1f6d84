package io.github.faasbench.provision;

import java.util.Set;

/** Names of this machine. */
public final class Loopback {

  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private Loopback() {}

  /** Whether the host, as written, is this machine. */
  public static boolean is(String host) {
    return NAMES.contains(host);
  }
}
