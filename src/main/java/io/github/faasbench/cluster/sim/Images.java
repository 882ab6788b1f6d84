package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest.Demand;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * A node's images, each of one layer. Pulls of sized images share the node's bandwidth equally;
 * others take the model's time. Who asks for an image that is on its way joins that pull. Only what
 * is there, used or on its way takes memory: thousands of nodes may share thousands of images.
 */
final class Images {

  private static final PullResult PRESENT = new PullResult(0, 1, 1, false);

  private final EventLoop loop;
  private final double bandwidth;
  private final BitSet present = new BitSet();
  private final BusyImages busy = new BusyImages();
  private final Sharing<Pull> network = new Sharing<>();
  private final Alarm alarm;

  /** Of what is pulled in the model's time; null: no fault stops it. */
  private final NodeClock clock;

  private long at;

  /**
   * No image is there.
   *
   * @param clock stands still while nothing can be pulled; null: that is never so
   * @param bandwidth in bytes per second; 0: not given
   */
  Images(EventLoop loop, NodeClock clock, long bandwidth) {
    this.loop = loop;
    this.clock = clock;
    this.bandwidth = bandwidth;
    alarm = new Alarm(loop, this::look);
  }

  boolean has(Model model) {
    return present.get(model.imageNumber);
  }

  /** A container of the image was created (1) or is gone (-1). */
  void used(Model model, int change) {
    busy.of(model.imageNumber).containers += change;
  }

  /** Whether a container needs it. */
  boolean inUse(Model model) {
    BusyImages.Busy image = busy.find(model.imageNumber);
    return image != null && image.containers > 0;
  }

  void remove(Model model) {
    present.clear(model.imageNumber);
  }

  /** Fetches an image; answers at once when it is there. */
  void pull(Model model, Demand demand, Consumer<PullResult> done) {
    if (has(model)) {
      done.accept(PRESENT);
      return;
    }
    BusyImages.Busy image = busy.of(model.imageNumber);
    if (image.pull != null) {
      image.pull.askers.add(done);
    } else {
      image.pull = new Pull(model, done);
      begin(image.pull, demand);
    }
  }

  private void begin(Pull pull, Demand demand) {
    if (pull.model.sizeBytes > 0 && bandwidth > 0) {
      advance();
      network.add(pull, pull.model.sizeBytes / bandwidth * 1e9);
      share();
      alarm.within(network.untilNext());
    } else {
      long nanos = pull.model.pullNanos(demand);
      if (clock == null) {
        loop.after(nanos, () -> end(pull));
      } else {
        clock.after(nanos, () -> end(pull));
      }
    }
  }

  private void look() {
    advance();
    while (network.untilNext() == 0) {
      Pull pull = network.first();
      network.remove(pull);
      share();
      end(pull);
    }
    alarm.within(network.untilNext());
  }

  /** Whether anything can be pulled, from now on. */
  void network(boolean works) {
    advance();
    if (works) {
      clock.goOn();
    } else {
      clock.stop();
    }
    share();
    alarm.within(network.untilNext());
  }

  /** No pull that is under way will end. */
  void abandon() {
    advance();
    while (network.size() > 0) {
      network.remove(network.first());
    }
    busy.each(image -> image.pull = null);
  }

  private void share() {
    boolean still = clock != null && clock.isStopped();
    network.pace(still ? 0 : 1.0 / Math.max(1, network.size()));
  }

  private void advance() {
    network.advance(loop.nowNanos() - at);
    at = loop.nowNanos();
  }

  private void end(Pull pull) {
    BusyImages.Busy image = busy.find(pull.model.imageNumber);
    if (image == null || image.pull != pull) {
      return; // abandoned
    }
    image.pull = null;
    present.set(pull.model.imageNumber);
    long bytes = pull.model.sizeBytes > 0 ? pull.model.sizeBytes : -1;
    boolean joined = false;
    for (Consumer<PullResult> asker : pull.askers) {
      asker.accept(new PullResult(bytes, 0, 1, joined));
      joined = true;
    }
  }

  static final class Pull extends Sharing.Taker {
    final Model model;
    final List<Consumer<PullResult>> askers = new ArrayList<>();

    Pull(Model model, Consumer<PullResult> first) {
      this.model = model;
      askers.add(first);
    }
  }
}
