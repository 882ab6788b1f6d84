package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.metrics.ContainerLife.MadeBy;
import io.github.faasbench.policy.Decision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Loads containers ahead of calls: before the first one, and when the keep-alive policy says. */
final class Ahead {

  private record Place(FunctionState function, NodeState node) {}

  private final Gateway gateway;
  private final Keeper keeper;
  private final Starter starter;
  private final Map<Place, EventLoop.Timer> plans = new HashMap<>();

  Ahead(Gateway gateway, Keeper keeper, Starter starter) {
    this.gateway = gateway;
    this.keeper = keeper;
    this.starter = starter;
  }

  /** Loads one where the last one was, at that time; an earlier plan for there is dropped. */
  void plan(Container gone, long atNanos) {
    var place = new Place(gone.function, gone.node);
    long delay = Math.max(0, atNanos - gateway.loop.nowNanos());
    EventLoop.Timer before =
        plans.put(
            place,
            gateway.loop.after(
                delay,
                () -> {
                  plans.remove(place);
                  if (!gateway.closing() && place.node.isPresent() && !isThere(place)) {
                    load(gone.function, gone.node, problem -> {});
                  }
                }));
    if (before != null) {
      before.cancel();
    }
  }

  /** Plans nothing any more. */
  void close() {
    plans.values().forEach(EventLoop.Timer::cancel);
    plans.clear();
  }

  /**
   * Loads so many containers, on as many nodes as possible; the base policy chooses them.
   *
   * @param done told what went wrong; empty: nothing did
   */
  void fill(FunctionState function, int count, Consumer<String> done) {
    List<NodeState> all = gateway.index.present();
    gateway.loads.read(
        all,
        () -> {
          List<NodeState> unfit = all.stream().filter(n -> !gateway.loads.eligible(n)).toList();
          fill(function, count, gateway.index.all().without(unfit), unfit, done);
        });
  }

  private void fill(
      FunctionState function,
      int count,
      NodeSet left,
      List<NodeState> unfit,
      Consumer<String> done) {
    if (count == 0) {
      done.accept("");
      return;
    }
    NodeSet from = left.eligibleCount() == 0 ? gateway.index.all().without(unfit) : left;
    long now = gateway.loop.nowNanos();
    Decision decision = gateway.policy.choose(function.request(0, now), from, now);
    if (!(decision instanceof Decision.Run run)) {
      done.accept("no node for a container of " + function.spec.name() + ": " + decision);
      return;
    }
    NodeState node = (NodeState) run.node();
    from.remove(node);
    load(
        function,
        node,
        problem -> {
          if (problem.isEmpty()) {
            fill(function, count - 1, from, unfit, done);
          } else {
            done.accept(problem);
          }
        });
  }

  private static boolean isThere(Place place) {
    return place.node.containers.values().stream().anyMatch(c -> c.function == place.function);
  }

  private void load(FunctionState function, NodeState node, Consumer<String> done) {
    Container next = starter.asked(function, node, MadeBy.POLICY);
    function.image.acquire(
        node, () -> node.node.provide(function.spec.image(), new Provided(next, done)));
  }

  private final class Provided implements Callback<PullResult> {
    private final Container next;
    private final Consumer<String> done;

    Provided(Container next, Consumer<String> done) {
      this.next = next;
      this.done = done;
    }

    @Override
    public void done(PullResult pulled) {
      starter.start(next, Quiet.thenOr(() -> done.accept(""), this::failed));
    }

    @Override
    public void failed(NodeFailure failure) {
      keeper.releaseImage(next);
      done.accept(failure.message());
    }
  }
}
