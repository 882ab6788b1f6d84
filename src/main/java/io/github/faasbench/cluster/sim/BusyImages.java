package io.github.faasbench.cluster.sim;

import java.util.function.Consumer;

/**
 * The images of a node that containers use or that are on their way, by number: a hash table with
 * linear probing. Its size follows from how many those are at once, and not from how many images
 * the cluster has: who is idle again goes when the table would have to grow.
 */
final class BusyImages {

  private static final int SMALLEST = 8;

  /** One image; idle as it comes. */
  static final class Busy {
    final int number;
    int containers;

    /** Null: it is not on its way. */
    Images.Pull pull;

    private Busy(int number) {
      this.number = number;
    }

    private boolean idle() {
      return containers == 0 && pull == null;
    }
  }

  private Busy[] places = new Busy[SMALLEST];
  private int held;

  /** The one that was asked for last, as it often is several times in a call. */
  private Busy last = new Busy(-1);

  /** Null: it is idle. */
  Busy find(int number) {
    return last.number == number ? last : places[place(number)];
  }

  /** To be made busy. */
  Busy of(int number) {
    if (last.number != number) {
      Busy known = places[place(number)];
      last = known == null ? add(new Busy(number)) : known;
    }
    return last;
  }

  void each(Consumer<Busy> to) {
    for (Busy one : places) {
      if (one != null) {
        to.accept(one);
      }
    }
  }

  private Busy add(Busy one) {
    if (2 * (held + 1) > places.length) {
      rebuild();
    }
    places[place(one.number)] = one;
    held++;
    return one;
  }

  /** Without the idle; twice as large where half of it would still not be free enough. */
  private void rebuild() {
    Busy[] before = places;
    int busy = 0;
    for (Busy one : before) {
      busy += one != null && !one.idle() ? 1 : 0;
    }
    places = new Busy[4 * (busy + 1) > before.length ? 2 * before.length : before.length];
    held = 0;
    last = new Busy(-1); // it may be one that goes
    for (Busy one : before) {
      if (one != null && !one.idle()) {
        places[place(one.number)] = one;
        held++;
      }
    }
  }

  /** Where it is, or else would stand. */
  private int place(int number) {
    int mask = places.length - 1;
    int place = number & mask;
    while (places[place] != null && places[place].number != number) {
      place = (place + 1) & mask;
    }
    return place;
  }
}
