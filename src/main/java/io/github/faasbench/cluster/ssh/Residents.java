package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.RunRequest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * The containers of one node in which a function's own process takes the calls (docs/resident.md).
 */
final class Residents {
  private final EngineApi api;
  private final ApiContainers containers;
  private final EngineEvents events;
  private final EventLoop loop;
  private final Executor threads;
  private final Map<String, ResidentContainer> there = new ConcurrentHashMap<>();
  private volatile BiConsumer<String, String> ended = (name, why) -> {};

  Residents(
      EngineApi api,
      ApiContainers containers,
      EngineEvents events,
      EventLoop loop,
      Executor threads) {
    this.api = api;
    this.containers = containers;
    this.events = events;
    this.loop = loop;
    this.threads = threads;
  }

  /** Told once how a call ended, from any thread. */
  interface Answer {
    void done(CallResult result);

    void failed(NodeException failure);
  }

  /**
   * Whom to tell, from any thread, of a container's name and why, when it ended between calls.
   *
   * @param told by container name and reason
   */
  void whenEnded(BiConsumer<String, String> told) {
    ended = told;
  }

  /** Creates one and waits until it takes calls; it is gone again when it never does. */
  void start(RunRequest request) throws NodeException, IOException {
    String name = request.container();
    String id = containers.createResident(request);
    ResidentContainer container =
        new ResidentContainer(
            new ResidentContainer.Node(api, containers, events, loop, threads),
            id,
            name,
            why -> endedByItself(name, why));
    there.put(name, container);
    try {
      events.expect(id, name);
      container.start(request.resident());
    } catch (NodeException | IOException e) {
      there.remove(name, container);
      boolean removed = container.isLeaving();
      container.leave();
      container.close();
      try {
        containers.remove(name);
      } catch (NodeException | IOException also) {
        e.addSuppressed(also);
      }
      if (removed) {
        String message = "container " + name + " was removed while it was started";
        throw new NodeException(NodeFailure.Kind.ENGINE, message);
      }
      throw e;
    }
  }

  private void endedByItself(String name, String why) {
    ended.accept(name, why);
  }

  /** Calls the container of the request's name; returns at once. */
  void exec(RunRequest request, Answer answer) {
    ResidentContainer container = there.get(request.container());
    if (container == null) {
      String message = "container " + request.container() + " has no resident process any more";
      answer.failed(new NodeException(NodeFailure.Kind.RUNTIME, message));
    } else {
      container.exec(request, answer);
    }
  }

  /** It is about to be removed: that its process ends then is no surprise. */
  void leave(String name) {
    ResidentContainer container = there.get(name);
    if (container != null) {
      container.leave();
    }
  }

  /** Nothing of it is waited for any more; its calls have failed. */
  void cut(String name) {
    leave(name);
    left(name);
  }

  /** It is removed. */
  void left(String name) {
    ResidentContainer container = there.remove(name);
    if (container != null) {
      container.close();
    }
  }
}
