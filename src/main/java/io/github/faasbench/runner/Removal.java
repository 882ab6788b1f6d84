package io.github.faasbench.runner;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.NodeFailure;
import java.util.ArrayDeque;
import java.util.Queue;

/** Carries steps on one node out, some at once; one that fails keeps no other from being tried. */
final class Removal {

  private static final int AT_ONCE = 8;

  private final Queue<Step> steps = new ArrayDeque<>();
  private Callback<Void> whenDone;
  private int underWay;
  private NodeFailure first;
  private boolean ended;

  /** One of them. */
  interface Step {
    void start(Callback<Void> done);
  }

  void add(Step step) {
    steps.add(step);
  }

  /**
   * Begins.
   *
   * @param done told when all steps have ended, and of the first failure
   */
  void start(Callback<Void> done) {
    whenDone = done;
    go();
  }

  private void go() {
    while (underWay < AT_ONCE && !steps.isEmpty()) {
      underWay++;
      steps.poll().start(new Ended());
    }
    if (underWay > 0 || ended) {
      return;
    }
    ended = true;
    if (first == null) {
      whenDone.done(null);
    } else {
      whenDone.failed(first);
    }
  }

  private final class Ended implements Callback<Void> {
    @Override
    public void done(Void nothing) {
      underWay--;
      go();
    }

    @Override
    public void failed(NodeFailure failure) {
      first = first == null ? failure : first;
      done(null);
    }
  }
}
