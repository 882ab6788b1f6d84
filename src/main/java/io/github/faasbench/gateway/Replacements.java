package io.github.faasbench.gateway;

import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.metrics.ContainerLife.End;
import io.github.faasbench.metrics.ContainerLife.MadeBy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Starts anew what warming prepared and is gone, so that the cell stays warm. */
final class Replacements {

  /** Of containers that ended without a call, one for the other: their like would end as soon. */
  private static final int MOST_UNUSED = 3;

  private final Gateway gateway;
  private final Keeper keeper;
  private final Starter starter;

  Replacements(Gateway gateway, Keeper keeper, Starter starter) {
    this.gateway = gateway;
    this.keeper = keeper;
    this.starter = starter;
  }

  /** The function's container there was killed or lost. */
  void make(FunctionState function, NodeState node, Runnable done) {
    make(function, node, 0, done);
  }

  private void make(FunctionState function, NodeState node, int unusedBefore, Runnable done) {
    if (gateway.closing() || !node.isPresent()) {
      done.run();
      return;
    }
    Container next = starter.asked(function, node, MadeBy.WARMING);
    next.unusedBefore = unusedBefore;
    starter.start(
        next,
        Quiet.thenOr(
            done,
            failure -> {
              if (!gateway.breaker.unprepared(node, function, failure)) {
                gateway.notices.accept(
                    node.name()
                        + ": the container of "
                        + function.spec.name()
                        + " that warming prepared is gone, and could not be started anew: "
                        + failure.message());
              }
              done.run();
            }));
  }

  /**
   * The node was gone, and is back. Containers that it has lost take no call; what it could not do
   * meanwhile is done.
   *
   * @param there what it has now
   */
  void back(NodeState node, Inventory there) {
    Set<String> running =
        there.containers().stream()
            .filter(Inventory.Container::running)
            .map(Inventory.Container::name)
            .collect(Collectors.toSet());
    for (Container container : List.copyOf(node.containers.values())) {
      if (container.isIdle() && !running.contains(container.name.toString())) {
        lose(container, 0);
      }
    }
    catchUp(node);
    gateway.images().forEach(image -> image.removeLeft(node, there));
  }

  /** The node works again: what it could not do while it was in trouble. */
  void catchUp(NodeState node) {
    Trouble trouble = node.trouble;
    for (ContainerName name : trouble.left) {
      if (!node.containers.containsKey(name)) {
        node.node.removeContainer(name.toString(), Quiet.VOID);
      }
    }
    List<FunctionState> unprepared = List.copyOf(trouble.unprepared);
    trouble.left.clear();
    trouble.unprepared.clear();
    unprepared.forEach(function -> make(function, node, () -> {}));
  }

  /** A container's process ended by itself. */
  void ended(NodeState node, String name, String why) {
    Container container = node.containers.get(ContainerName.of(name));
    if (container == null || !container.isIdle()) {
      return; // a call inside, or whoever removes it, hears of it too
    }
    int unused = container.uses() > 0 ? 0 : container.unusedBefore + 1;
    boolean givenUp = !container.kept && unused == MOST_UNUSED;
    if (givenUp || !container.function.endingTold) {
      container.function.endingTold = true;
      gateway.notices.accept(text(container, why, givenUp));
    }
    if (givenUp) {
      keeper.forget(container);
      keeper.remove(container, End.LOST, () -> {});
    } else {
      lose(container, unused);
    }
  }

  private static String text(Container container, String why, boolean givenUp) {
    String then =
        container.kept ? "" : "; another one is started, also for those that end so later";
    return container.node.name()
        + ": a waiting container of "
        + container.function.spec.name()
        + (container.uses() > 0 ? " ended between calls" : " ended before it had a call")
        + (why.isEmpty() ? "" : " (" + why + ")")
        + (givenUp ? ", as those before it: no other one is started" : then);
  }

  private void lose(Container container, int unused) {
    keeper.forget(container);
    keeper.remove(
        container,
        End.LOST,
        () -> {
          if (gateway.closing()) {
            return;
          }
          if (container.kept) {
            keeper.releaseImage(container);
          } else {
            make(container.function, container.node, unused, () -> {});
          }
        });
  }
}
