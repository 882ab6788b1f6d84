package io.github.faasbench.gateway;

import io.github.faasbench.experiment.Experiment.Reuse;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The containers of one function on one node that have a place free for a call, and which of them
 * takes the next one: a binary heap in the order of reuse, in which each knows its place, so that
 * any can leave it. O(log n).
 */
final class FreeContainers {

  private final Reuse reuse;
  private final RandomGenerator random;
  private Container[] heap = new Container[4];
  private int size;

  /**
   * @param random for {@link Reuse#RANDOM}
   */
  FreeContainers(Reuse reuse, RandomGenerator random) {
    this.reuse = reuse;
    this.random = random;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The container for the next call; the caller knows that there is one. */
  Container next() {
    return reuse == Reuse.RANDOM && size > 1 ? heap[random.nextInt(size)] : heap[0];
  }

  void add(Container container) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    put(container, size++);
    rise(container.place);
  }

  void remove(Container container) {
    int place = container.place;
    container.place = -1;
    Container last = heap[--size];
    heap[size] = null;
    if (last != container) {
      put(last, place);
      rise(place);
      sink(last.place);
    }
  }

  private void rise(int from) {
    Container container = heap[from];
    int at = from;
    while (at > 0 && before(container, heap[(at - 1) / 2])) {
      put(heap[(at - 1) / 2], at);
      at = (at - 1) / 2;
    }
    put(container, at);
  }

  private void sink(int from) {
    Container container = heap[from];
    int at = from;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], container)) {
        break;
      }
      put(heap[child], at);
      at = child;
    }
    put(container, at);
  }

  private void put(Container container, int place) {
    heap[place] = container;
    container.place = place;
  }

  private boolean before(Container a, Container b) {
    return switch (reuse) {
      case NEWEST -> a.created > b.created;
      case OLDEST -> a.created < b.created;
      case RECENT -> a.used > b.used;
      case RANDOM -> false;
    };
  }
}
