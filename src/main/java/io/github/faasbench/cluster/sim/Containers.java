package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.ContainerName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The containers of a node. Those that wait for calls are found by name, at every call. Those of a
 * call's own come and go with it, and are looked for only to be killed: they stand in a mere list,
 * and that their names differ is left to whoever gives them.
 */
final class Containers {

  private final Map<ContainerName, SimContainer> waiting = new HashMap<>();
  private SimContainer lastOwn;

  /** False when the name is taken. */
  boolean add(SimContainer container) {
    if (!waiting.isEmpty() && waiting.containsKey(container.name)) {
      return false;
    }
    if (container.own != null) {
      container.earlier = lastOwn;
      if (lastOwn != null) {
        lastOwn.later = container;
      }
      lastOwn = container;
      return true;
    }
    if (own(container.name) != null) {
      return false;
    }
    waiting.put(container.name, container);
    return true;
  }

  void remove(SimContainer container) {
    if (container.own == null) {
      waiting.remove(container.name);
      return;
    }
    if (container.later == null) {
      lastOwn = container.earlier;
    } else {
      container.later.earlier = container.earlier;
    }
    if (container.earlier != null) {
      container.earlier.later = container.later;
    }
  }

  /** One that waits for calls, or will; null: none of that name. */
  SimContainer waiting(ContainerName name) {
    return waiting.get(name);
  }

  /** Any; null: none of that name. */
  SimContainer get(ContainerName name) {
    SimContainer found = waiting.get(name);
    return found == null ? own(name) : found;
  }

  List<SimContainer> all() {
    List<SimContainer> all = new ArrayList<>(waiting.values());
    for (SimContainer own = lastOwn; own != null; own = own.earlier) {
      all.add(own);
    }
    return all;
  }

  private SimContainer own(ContainerName name) {
    SimContainer own = lastOwn;
    while (own != null && !own.name.equals(name)) {
      own = own.earlier;
    }
    return own;
  }
}
