package io.github.faasbench.cluster.sim;

import java.util.Arrays;

/**
 * Something that all its takers get at one pace: processor time, or bandwidth. It is kept by
 * virtual time, the amount that each of them has been served (the idea of fair queueing: Parekh and
 * Gallager 1993), so that whatever comes, goes or changes the pace costs O(log n) and touches no
 * other taker. Amounts are nanoseconds of service at full pace.
 *
 * @param <T> what shares it
 */
final class Sharing<T extends Sharing.Taker> {

  /**
   * Beyond it, about 18 minutes, virtual time starts anew at 0: a double then still resolves a
   * ten-thousandth of a nanosecond, so that errors do not add up over any number of events.
   */
  private static final double REBASE = 0x1p40;

  /** One of those that share: it ends when it has had enough. */
  abstract static class Taker {

    /** The virtual time at which it has had enough. */
    private double end;

    /** Which of two that end together goes first. */
    private long order;

    private int place;

    double end() {
      return end;
    }

    /** Virtual time starts anew, that much later. */
    void shift(double by) {
      end -= by;
    }
  }

  private Taker[] heap = new Taker[4];
  private int size;
  private double served;
  private double pace = 1;
  private long orders;

  /** How far each taker has been served. */
  double served() {
    return served;
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked")
  T get(int place) {
    return (T) heap[place];
  }

  /** That many nanoseconds have passed. */
  void advance(double elapsed) {
    served += pace * elapsed;
    if (served > REBASE) {
      rebase();
    }
  }

  /** From now on every taker gets that part of full pace. */
  void pace(double newPace) {
    pace = newPace;
  }

  /** Adds a taker that ends when it has had that much. */
  void add(T taker, double amount) {
    if (size == 0) {
      served = 0;
    }
    ((Taker) taker).end = served + amount;
    ((Taker) taker).order = orders++;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    put(size++, taker);
    up(taker);
  }

  void remove(T taker) {
    int hole = ((Taker) taker).place;
    Taker last = heap[--size];
    heap[size] = null;
    if (last != taker) {
      last.place = hole;
      moved(last);
    }
  }

  /** A taker ends at another virtual time than before. */
  void endsAt(T taker, double end) {
    ((Taker) taker).end = end;
    moved(taker);
  }

  /** The next one to end, at the pace of now. */
  T first() {
    return size == 0 ? null : get(0);
  }

  /**
   * Nanoseconds until the next one ends, to the nearest; {@link Long#MAX_VALUE}: none will, as
   * things stand.
   */
  long untilNext() {
    if (size == 0 || pace == 0) {
      return Long.MAX_VALUE;
    }
    double left = heap[0].end - served;
    double nanos = pace == 1 ? left : left / pace;
    return left <= 0 ? 0 : (long) (nanos + 0.5); // as Math.round, and much faster
  }

  /** Whether {@link #untilNext} is 0, up to rounding; without a division. */
  boolean isDue() {
    return size > 0 && heap[0].end - served < 0.5 * pace;
  }

  private void rebase() {
    for (int i = 0; i < size; i++) {
      heap[i].shift(served);
    }
    served = 0;
  }

  private void moved(Taker taker) {
    up(taker);
    down(taker);
  }

  private void up(Taker taker) {
    int hole = taker.place;
    while (hole > 0) {
      int parent = hole - 1 >>> 1;
      if (!before(taker, heap[parent])) {
        break;
      }
      put(hole, heap[parent]);
      hole = parent;
    }
    put(hole, taker);
  }

  private void down(Taker taker) {
    int hole = taker.place;
    while (true) {
      int child = 2 * hole + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (before(taker, heap[child])) {
        break;
      }
      put(hole, heap[child]);
      hole = child;
    }
    put(hole, taker);
  }

  private static boolean before(Taker one, Taker other) {
    return one.end < other.end || one.end == other.end && one.order < other.order;
  }

  private void put(int place, Taker taker) {
    heap[place] = taker;
    taker.place = place;
  }
}
