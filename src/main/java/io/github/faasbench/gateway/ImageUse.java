package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.NodeFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Counts who uses which image on which engine, so that the image goes after the last call that
 * needs it, and a new call does not pull while a removal is under way.
 */
final class ImageUse {

  private final BiPredicate<String, String> mayRemove;
  private final int engines;
  private final Map<String, Use[]> uses = new HashMap<>();

  /**
   * @param mayRemove whether that image (second) may be removed from that node (first)
   * @param engines one more than the largest {@link NodeState#engine}
   */
  ImageUse(BiPredicate<String, String> mayRemove, int engines) {
    this.mayRemove = mayRemove;
    this.engines = engines;
  }

  /** Runs the action when the image may be used; at once unless it is being removed. */
  void acquire(NodeState node, String image, Runnable action) {
    Use use = use(node, image);
    if (use.removing) {
      if (use.waiting == null) {
        use.waiting = new ArrayList<>();
      }
      use.waiting.add(action);
    } else {
      use.count++;
      action.run();
    }
  }

  /** Gives the image back, and removes it when nobody else uses it; answers when that is done. */
  void release(NodeState node, String image, Consumer<Optional<NodeFailure>> done) {
    Use use = use(node, image);
    use.count--;
    if (use.count > 0 || !mayRemove.test(node.name(), image)) {
      done.accept(Optional.empty());
      return;
    }
    use.removing = true;
    node.node.removeImage(
        image,
        new Callback<>() {
          @Override
          public void done(Void nothing) {
            removed(use, Optional.empty(), done);
          }

          @Override
          public void failed(NodeFailure failure) {
            removed(use, Optional.of(failure), done);
          }
        });
  }

  private static void removed(
      Use use, Optional<NodeFailure> failure, Consumer<Optional<NodeFailure>> done) {
    use.removing = false;
    List<Runnable> waiting = use.waiting;
    use.waiting = null;
    done.accept(failure);
    if (waiting != null) {
      use.count += waiting.size(); // all of them, before one may give it back
      waiting.forEach(Runnable::run);
    }
  }

  private Use use(NodeState node, String image) {
    Use[] ofImage = uses.computeIfAbsent(image, name -> new Use[engines]);
    Use use = ofImage[node.engine];
    if (use == null) {
      use = new Use();
      ofImage[node.engine] = use;
    }
    return use;
  }

  private static final class Use {
    int count;
    boolean removing;

    /** Who wants it when its removal has ended; null: nobody. */
    List<Runnable> waiting;
  }
}
