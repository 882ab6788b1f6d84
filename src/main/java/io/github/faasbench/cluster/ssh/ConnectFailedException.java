package io.github.faasbench.cluster.ssh;

import java.util.List;
import java.util.stream.Collectors;

/** Some nodes could not be reached; its message has one line for each, in the file's order. */
public final class ConnectFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Failure> failures;

  ConnectFailedException(List<Failure> failures) {
    super(failures.stream().map(Failure::toString).collect(Collectors.joining("\n")));
    this.failures = List.copyOf(failures);
  }

  /**
   * Why one node could not be used.
   *
   * @param address {@code host:port}
   * @param message what happened and what to do about it, on one line
   */
  public record Failure(String node, String address, String message) {
    @Override
    public String toString() {
      return node + " (" + address + "): " + message;
    }
  }

  /** One for each node that failed. */
  public List<Failure> failures() {
    return failures;
  }
}
