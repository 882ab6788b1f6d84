package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.Inventory;
import java.util.Map;

/** A container: it takes memory as long as it lives, and processor time while it has calls. */
final class SimContainer extends Sharing.Taker {

  final String name;
  final Model model;
  final Map<String, String> labels;

  /** The only call of a container that was made for it; null: a container that waits for calls. */
  final SimCall own;

  /** The start of a container that will wait for calls, until it has started. */
  SimStart starting;

  /** The calls that run in it: they share its cores. */
  final Sharing<SimCall> calls = new Sharing<>();

  /** The processor's virtual time up to which the calls have been served. */
  double since;

  /** Calls that run in it or wait on the node to run in it. */
  int users;

  /** Whether it is there, and not only asked for. */
  boolean created;

  boolean removed;

  /** Whether it has nothing to do, and its neighbours among those, by their last use. */
  boolean idle;

  SimContainer earlier;
  SimContainer later;

  SimContainer(String name, Model model, Map<String, String> labels, SimCall own) {
    this.name = name;
    this.model = model;
    this.labels = labels;
    this.own = own;
  }

  @Override
  void shift(double by) {
    super.shift(by);
    since -= by;
  }

  Inventory.Container shown() {
    return new Inventory.Container(name, name, model.image, labels, true);
  }
}
