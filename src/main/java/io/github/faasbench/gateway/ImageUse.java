package io.github.faasbench.gateway;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.NodeFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Counts who uses an image on which engine, so that it goes after the last call that needs it, and
 * a new call does not pull while a removal is under way.
 */
final class ImageUse {

  private final String image;
  private final BiPredicate<String, String> mayRemove;
  private final Use[] uses;

  /**
   * @param mayRemove whether that image (second) may be removed from that node (first)
   * @param engines one more than the largest {@link NodeState#engine}
   */
  ImageUse(String image, BiPredicate<String, String> mayRemove, int engines) {
    this.image = image;
    this.mayRemove = mayRemove;
    uses = new Use[engines];
  }

  /** Runs the action when the image may be used; at once unless it is being removed. */
  void acquire(NodeState node, Runnable action) {
    Use use = use(node);
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
  void release(NodeState node, Consumer<Optional<NodeFailure>> done) {
    if (release(node)) {
      remove(node, done);
    } else {
      done.accept(Optional.empty());
    }
  }

  /** Gives the image back; true when nobody else uses it, so that it is to be removed now. */
  boolean release(NodeState node) {
    Use use = use(node);
    use.count--;
    use.removing = use.count == 0 && mayRemove.test(node.name(), image);
    return use.removing;
  }

  /** Removes the image, after {@link #release} said so; answers when that is done. */
  void remove(NodeState node, Consumer<Optional<NodeFailure>> done) {
    Use use = use(node);
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

  /** The image goes from a node that is back, if its removal failed while the node was gone. */
  void removeLeft(NodeState node, Inventory there) {
    Use use = use(node);
    boolean left = use.count == 0 && !use.removing && there.hasImage(image);
    if (left && mayRemove.test(node.name(), image)) {
      use.removing = true;
      remove(node, failure -> {});
    }
  }

  /** How many use it there now. */
  int users(NodeState node) {
    return use(node).count;
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

  private Use use(NodeState node) {
    Use use = uses[node.engine];
    if (use == null) {
      use = new Use();
      uses[node.engine] = use;
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
