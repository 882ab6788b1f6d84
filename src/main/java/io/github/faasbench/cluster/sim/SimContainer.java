package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A container: it takes memory as long as it lives, and processor time while it has calls. */
final class SimContainer extends Sharing.Taker {

  final ContainerName name;
  final Model model;
  final Map<String, String> labels;

  /** The only call of a container that was made for it; null: a container that waits for calls. */
  final SimCall own;

  /** The start of a container that will wait for calls, until it has started. */
  SimStart starting;

  /** The calls that run in it and share its cores; null where there is but one, its own. */
  final Sharing<SimCall> calls;

  /** The processor's virtual time up to which the calls have been served. */
  double since;

  /** Calls that run in it or wait on the node to run in it. */
  int users;

  /** Whether it stands still, or will once it has started. */
  boolean paused;

  /** Calls for which it is being unpaused; null: it is not. */
  private List<SimCall> waking;

  /** Whether it is there, and not only asked for. */
  boolean created;

  boolean removed;

  /** Whether it has nothing to do. */
  boolean idle;

  /** Its neighbours: of an idle one by their last use, of a call's own in the node's list. */
  SimContainer earlier;

  SimContainer later;

  SimContainer(ContainerName name, Model model, Map<String, String> labels, SimCall own) {
    this.name = name;
    this.model = model;
    this.labels = labels;
    this.own = own;
    calls = own == null ? new Sharing<>() : null;
  }

  @Override
  void shift(double by) {
    super.shift(by);
    since -= by;
  }

  /** A call is there that can run when it does; true: the first one, which has it unpaused. */
  boolean awaited(SimCall call) {
    boolean first = waking == null;
    if (first) {
      waking = new ArrayList<>();
    }
    waking.add(call);
    return first;
  }

  /** It runs again, and so do the calls that came meanwhile. */
  void unpaused() {
    paused = false;
    List<SimCall> calls = waking;
    waking = null;
    calls.forEach(SimCall::run);
  }

  /** The calls that run in it, or will when it is unpaused. */
  List<SimCall> running() {
    if (own != null) {
      return own.isRunning() ? List.of(own) : List.of();
    }
    List<SimCall> running = new ArrayList<>(waking == null ? List.of() : waking);
    for (int i = 0; i < calls.size(); i++) {
      running.add(calls.get(i));
    }
    return running;
  }

  Inventory.Container shown() {
    String text = name.toString();
    return new Inventory.Container(text, text, model.image, labels, true);
  }
}
