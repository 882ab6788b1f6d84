package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.metrics.ContainerLife.MadeBy;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Prepares nodes for a function before the load, as the thesis's StaticWarmingPolicy does when a
 * function is registered (5.5.1), and undoes it after the load. The base policy chooses the nodes.
 */
public final class Warmer {

  private final Gateway gateway;
  private final FunctionSpec function;
  private final Preparation preparation;
  private final List<NodeState> prepared = new ArrayList<>();

  /** For one function of the gateway's cell. */
  public Warmer(Gateway gateway, FunctionSpec function, Preparation preparation) {
    this.gateway = gateway;
    this.function = function;
    this.preparation = preparation;
  }

  /**
   * Prepares that many nodes, or all there are.
   *
   * @param done told what went wrong; empty when the nodes are ready
   */
  public void prepare(int replicas, Consumer<List<String>> done) {
    if (preparation == Preparation.NOTHING) {
      done.accept(List.of());
      return;
    }
    List<NodeState> all = gateway.index.present();
    gateway.loads.read(
        all,
        () -> {
          List<NodeState> unfit = all.stream().filter(n -> !gateway.loads.eligible(n)).toList();
          NodeSet candidates = gateway.index.all().without(unfit);
          prepare(Math.min(replicas, all.size()), candidates, done);
        });
  }

  /** Removes the waiting containers and gives the images back. */
  public void release(Consumer<List<String>> done) {
    FunctionState state = gateway.state(function);
    List<String> problems = new ArrayList<>();
    int[] left = {prepared.size()};
    if (prepared.isEmpty()) {
      done.accept(problems);
    }
    Runnable one =
        () -> {
          if (--left[0] == 0) {
            done.accept(problems);
          }
        };
    for (NodeState node : List.copyOf(prepared)) {
      Runnable image =
          () -> {
            state.withImage().remove(node);
            state.image.release(
                node,
                failure -> {
                  failure.ifPresent(f -> problems.add(f.message()));
                  one.run();
                });
          };
      Optional<Container> container =
          node.containers.values().stream().filter(c -> c.function == state && !c.kept).findFirst();
      if (container.isPresent()) {
        gateway.runner().keeper().release(container.get(), image);
      } else {
        image.run();
      }
    }
    prepared.clear();
  }

  private void prepare(int replicas, NodeSet candidates, Consumer<List<String>> done) {
    if (replicas == 0) {
      done.accept(List.of());
      return;
    }
    Decision decision =
        gateway.policy.choose(
            gateway.state(function).request(0, gateway.loop.nowNanos()),
            candidates,
            gateway.loop.nowNanos());
    if (!(decision instanceof Decision.Run run)) {
      done.accept(List.of("no node can be prepared for " + function.name() + ": " + why(decision)));
      return;
    }
    NodeState node = (NodeState) run.node();
    candidates.remove(node);
    prepareOne(
        node,
        problem -> {
          if (problem.isEmpty()) {
            prepare(replicas - 1, candidates, done);
          } else {
            done.accept(List.of(problem));
          }
        });
  }

  private String why(Decision decision) {
    if (decision instanceof Decision.Wait wait) {
      return wait.reason();
    }
    Decision.Reject reject = (Decision.Reject) decision;
    if (reject != Decision.NO_NODE) {
      return reject.reason();
    }
    long now = gateway.loop.nowNanos();
    return reject.reason()
        + ": "
        + gateway.loads.reasons(
            node -> prepared.contains(node) ? "" : gateway.loads.whyNot(node, now));
  }

  private void prepareOne(NodeState node, Consumer<String> done) {
    gateway
        .state(function)
        .image
        .acquire(
            node,
            () -> {
              prepared.add(node);
              node.node.provide(
                  function.image(),
                  new Callback<>() {
                    @Override
                    public void done(PullResult result) {
                      gateway.state(function).withImage().add(node);
                      startContainer(node, done);
                    }

                    @Override
                    public void failed(NodeFailure failure) {
                      done.accept(failure.message());
                    }
                  });
            });
  }

  private void startContainer(NodeState node, Consumer<String> done) {
    if (preparation == Preparation.IMAGE) {
      done.accept("");
      return;
    }
    Starter starter = gateway.runner().keeper().starter();
    FunctionState state = gateway.state(function);
    Container container = starter.asked(state, node, MadeBy.WARMING);
    starter.start(
        container, Quiet.thenOr(() -> done.accept(""), failure -> done.accept(failure.message())));
  }
}
