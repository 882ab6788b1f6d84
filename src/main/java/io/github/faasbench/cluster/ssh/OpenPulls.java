package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.NodeFailure;
import java.util.HashSet;
import java.util.Set;

/** How a node's pulls and uploads of images that are under way can be ended. */
final class OpenPulls {

  private final Set<Runnable> endings = new HashSet<>();
  private boolean over;

  /**
   * One begins.
   *
   * @param ending lets its connection go; any thread calls it
   * @return to be closed at its end
   * @throws NodeException no pull is to begin any more
   */
  Open add(Runnable ending) throws NodeException {
    synchronized (endings) {
      if (!over) {
        endings.add(ending);
        return () -> remove(ending);
      }
    }
    ending.run();
    throw new NodeException(NodeFailure.Kind.ENGINE, "no image is fetched any more: the run stops");
  }

  /** One that is under way. */
  interface Open extends AutoCloseable {
    @Override
    void close();
  }

  private void remove(Runnable ending) {
    synchronized (endings) {
      endings.remove(ending);
    }
  }

  /** Ends those that are under way, and says whether any was; no other begins. */
  boolean end() {
    Set<Runnable> all;
    synchronized (endings) {
      over = true;
      all = Set.copyOf(endings);
    }
    all.forEach(Runnable::run);
    return !all.isEmpty();
  }
}
