package io.github.faasbench.cluster.ssh;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps a container paused while no call is inside. Who enters waits for whoever unpauses or pauses
 * it just now; all methods block and are called from threads made for waiting.
 */
final class PauseGate {
  private final EngineApi api;
  private final String container;
  private final ReentrantLock lock = new ReentrantLock();
  private int inside;
  private boolean paused;

  PauseGate(EngineApi api, String container) {
    this.api = api;
    this.container = container;
  }

  /**
   * A call comes in, and the container is not paused from now on.
   *
   * @return whether the call had to wait for that
   */
  boolean enter() throws NodeException, IOException {
    boolean waited = !lock.tryLock();
    if (waited) {
      lock.lock();
    }
    try {
      if (paused) {
        ask("unpause", "unpausing");
        paused = false;
        waited = true;
      }
      inside++;
      return waited;
    } finally {
      lock.unlock();
    }
  }

  /** A call has left. */
  void leave() {
    lock.lock();
    try {
      inside--;
    } finally {
      lock.unlock();
    }
  }

  /** Pauses it, unless a call is inside. */
  void pauseIfIdle() throws NodeException, IOException {
    lock.lock();
    try {
      if (inside == 0 && !paused) {
        ask("pause", "pausing");
        paused = true;
      }
    } finally {
      lock.unlock();
    }
  }

  private void ask(String what, String doing) throws NodeException, IOException {
    String path = ApiContainers.path(container) + "/" + what;
    api.call("POST", path, null).orThrow(doing + " container " + container);
  }
}
