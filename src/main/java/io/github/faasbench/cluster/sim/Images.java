package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest.Demand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A node's images, each of one layer. Pulls of sized images share the node's bandwidth equally;
 * others take the model's time. Who asks for an image that is on its way joins that pull.
 */
final class Images {

  private static final PullResult PRESENT = new PullResult(0, 1, 1, false);

  private final EventLoop loop;
  private final double bandwidth;
  private final boolean[] present;
  private final int[] containers;
  private final Pull[] underWay;
  private final Sharing<Pull> network = new Sharing<>();
  private final Alarm alarm;
  private long at;

  /**
   * No image is there.
   *
   * @param images how many there are in the cluster
   * @param bandwidth in bytes per second; 0: not given
   */
  Images(EventLoop loop, int images, long bandwidth) {
    this.loop = loop;
    this.bandwidth = bandwidth;
    present = new boolean[images];
    containers = new int[images];
    underWay = new Pull[images];
    alarm = new Alarm(loop, this::look);
  }

  boolean has(Model model) {
    return present[model.imageNumber];
  }

  /** A container of the image was created (1) or is gone (-1). */
  void used(Model model, int change) {
    containers[model.imageNumber] += change;
  }

  /** Whether a container needs it. */
  boolean inUse(Model model) {
    return containers[model.imageNumber] > 0;
  }

  void remove(Model model) {
    present[model.imageNumber] = false;
  }

  /** Fetches an image; answers at once when it is there. */
  void pull(Model model, Demand demand, Consumer<PullResult> done) {
    Pull pull = underWay[model.imageNumber];
    if (has(model)) {
      done.accept(PRESENT);
    } else if (pull != null) {
      pull.askers.add(done);
    } else {
      begin(new Pull(model, done), demand);
    }
  }

  private void begin(Pull pull, Demand demand) {
    underWay[pull.model.imageNumber] = pull;
    if (pull.model.sizeBytes > 0 && bandwidth > 0) {
      advance();
      network.add(pull, pull.model.sizeBytes / bandwidth * 1e9);
      network.pace(1.0 / network.size());
      alarm.within(network.untilNext());
    } else {
      loop.after(pull.model.pullNanos(demand), () -> end(pull));
    }
  }

  private void look() {
    advance();
    while (network.untilNext() == 0) {
      Pull pull = network.first();
      network.remove(pull);
      network.pace(1.0 / Math.max(1, network.size()));
      end(pull);
    }
    alarm.within(network.untilNext());
  }

  private void advance() {
    network.advance(loop.nowNanos() - at);
    at = loop.nowNanos();
  }

  private void end(Pull pull) {
    underWay[pull.model.imageNumber] = null;
    present[pull.model.imageNumber] = true;
    long bytes = pull.model.sizeBytes > 0 ? pull.model.sizeBytes : -1;
    boolean joined = false;
    for (Consumer<PullResult> asker : pull.askers) {
      asker.accept(new PullResult(bytes, 0, 1, joined));
      joined = true;
    }
  }

  private static final class Pull extends Sharing.Taker {
    final Model model;
    final List<Consumer<PullResult>> askers = new ArrayList<>();

    Pull(Model model, Consumer<PullResult> first) {
      this.model = model;
      askers.add(first);
    }
  }
}
