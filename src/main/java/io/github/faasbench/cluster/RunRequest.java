package io.github.faasbench.cluster;

import java.util.List;
import java.util.Map;

/**
 * A container to create, or a command to run inside one.
 *
 * @param name the container's
 * @param image the image reference
 * @param command argument vector; never passed through a shell
 * @param labels labels of a container that is created
 * @param network {@code bridge}, {@code none} or {@code host}
 * @param pull whether the image is pulled first (a cold call)
 * @param demand what a simulated node needs to know of the call; real nodes ignore it
 * @param resident how the function's own process waits in a container that waits; null: nothing of
 *     it runs there between calls ({@code sleep infinity})
 * @param leftNanos what the call still has of its time; -1: it has no limit
 */
public record RunRequest(
    ContainerName name,
    String image,
    List<String> command,
    Map<String, String> labels,
    String network,
    boolean pull,
    Demand demand,
    Resident resident,
    long leftNanos) {

  /** Of a container whose name is known as text, without a resident process and a time limit. */
  public RunRequest(
      String container,
      String image,
      List<String> command,
      Map<String, String> labels,
      String network,
      boolean pull,
      Demand demand) {
    this(ContainerName.of(container), image, command, labels, network, pull, demand, null, -1);
  }

  /** The same, but for how the function's own process waits. */
  public RunRequest with(Resident other) {
    return new RunRequest(name, image, command, labels, network, pull, demand, other, leftNanos);
  }

  /** The container's name as text. */
  public String container() {
    return name.toString();
  }

  /**
   * What a call asks of a simulated node. It is drawn by function and invocation, so that it is the
   * same whatever the policy, and travels with the call.
   *
   * @param function the function's name
   * @param invocation its number in the cell, from 1; 0: no call, a container that is prepared
   * @param execNanos CPU time that a trace states; -1: the function's model says
   * @param initNanos runtime start that a trace states; -1: the function's model says
   */
  public record Demand(String function, long invocation, long execNanos, long initNanos) {
    /** Of no call. */
    public static final Demand NONE = new Demand("", 0, -1, -1);
  }
}
