package io.github.faasbench.cluster.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A node's slots and memory, and the line of those that wait for them, first in first out. Where
 * memory is short, idle waiting containers make room, those that somebody names or the least
 * recently used, and only as many as are needed. Whoever stands first holds up all behind it, with
 * one exception: a call in a container that is there may pass one that waits for memory only, since
 * its container holds what the other waits for.
 */
final class Room {

  private final int slots;
  private final long capacity;
  private final boolean lineUp;
  private final Evictor evictor;
  private final ArrayDeque<Waiting> newcomers = new ArrayDeque<>();
  private final ArrayDeque<Waiting> residents = new ArrayDeque<>();
  private long numbers;
  private int running;
  private long used;
  private long most;
  private long idleBytes;
  private SimContainer oldest;
  private SimContainer newest;

  /** What wants a place on a node: a call, or a container that is started to wait for calls. */
  interface Entrant {

    /** Whether it takes a slot. */
    boolean takesSlot();

    /** The model of a container that is created for it; null: it needs none. */
    Model creates();

    /** Whether it no longer wants in. */
    boolean over();

    /** It has its place. */
    void admitted();
  }

  /** Who says which idle containers make room, and removes them. */
  interface Evictor {

    /** Those that free so many bytes, in this order; else the least recently used go. */
    default List<SimContainer> victims(long bytes) {
      return List.of();
    }

    /** The container has just lost its memory. */
    void evicted(SimContainer container);
  }

  private record Waiting(long number, Entrant entrant) {}

  /**
   * An empty node.
   *
   * @param capacity in bytes; 0: no limit
   * @param lineUp whether those without a place wait, instead of being refused
   */
  Room(int slots, long capacity, boolean lineUp, Evictor evictor) {
    this.slots = slots;
    this.capacity = capacity == 0 ? Long.MAX_VALUE : capacity;
    this.lineUp = lineUp;
    this.evictor = evictor;
  }

  /** Whether it got a place or stands in the line; if not, {@link #whyFull} knows. */
  boolean enter(Entrant entrant) {
    Model creates = entrant.creates();
    if (creates != null && creates.memoryBytes > capacity) {
      return false;
    }
    if (newcomers.isEmpty() && residents.isEmpty() && fits(entrant)) {
      admit(entrant);
      return true;
    }
    if (!lineUp) {
      return false;
    }
    (creates == null ? residents : newcomers).add(new Waiting(numbers++, entrant));
    drain();
    return true;
  }

  /** Lets in whoever may now. */
  void drain() {
    while (true) {
      Waiting newcomer = head(newcomers);
      Waiting resident = head(residents);
      boolean newcomerFirst =
          newcomer != null && (resident == null || newcomer.number < resident.number);
      if (newcomerFirst && fits(newcomer.entrant)) {
        admit(newcomers.poll().entrant);
      } else if (resident != null && fits(resident.entrant)) {
        admit(residents.poll().entrant);
      } else {
        return;
      }
    }
  }

  /** A call has given its slot back. */
  void slotFreed() {
    running--;
  }

  /** A container is gone. */
  void memoryFreed(SimContainer container) {
    inUse(container);
    use(-container.model.memoryBytes);
  }

  /** A waiting container has nothing to do: from now on it may have to make room. */
  void idle(SimContainer container) {
    container.idle = true;
    container.earlier = newest;
    if (newest == null) {
      oldest = container;
    } else {
      newest.later = container;
    }
    newest = container;
    idleBytes += container.model.memoryBytes;
  }

  /** A container has something to do again; nothing changes when it had before. */
  void inUse(SimContainer container) {
    if (!container.idle) {
      return;
    }
    container.idle = false;
    idleBytes -= container.model.memoryBytes;
    if (container.earlier == null) {
      oldest = container.later;
    } else {
      container.earlier.later = container.later;
    }
    if (container.later == null) {
      newest = container.earlier;
    } else {
      container.later.earlier = container.earlier;
    }
    container.earlier = null;
    container.later = null;
  }

  /** Calls that hold a slot. */
  int running() {
    return running;
  }

  /** Calls in the line. */
  long waitingCalls() {
    return residents.stream().filter(w -> !w.entrant.over()).count()
        + newcomers.stream().filter(w -> w.entrant.takesSlot() && !w.entrant.over()).count();
  }

  /** Calls in the line for that container. */
  List<SimCall> waitingIn(SimContainer container) {
    List<SimCall> calls = new ArrayList<>();
    for (Waiting waiting : residents) {
      if (waiting.entrant instanceof SimCall call && call.container == container && !call.over()) {
        calls.add(call);
      }
    }
    return calls;
  }

  /** Bytes that containers have. */
  long used() {
    return used;
  }

  /** Bytes that containers have which do not only wait. */
  long needed() {
    return used - idleBytes;
  }

  /** The most that they ever had. */
  long mostUsed() {
    return most;
  }

  /** {@link Long#MAX_VALUE}: no limit. */
  long capacity() {
    return capacity;
  }

  /** Why there is no place for it. */
  String whyFull(Entrant entrant) {
    Model model = entrant.creates();
    if (model != null && model.memoryBytes > capacity) {
      return "a container of "
          + model.function
          + " takes "
          + bytes(model.memoryBytes)
          + ", and the node has "
          + bytes(capacity)
          + " in all";
    }
    if (entrant.takesSlot() && running >= slots) {
      return slots == 1 ? "its slot is taken" : "all " + slots + " slots are taken";
    }
    return "no memory for a container of "
        + model.function
        + ": it takes "
        + bytes(model.memoryBytes)
        + ", and of "
        + bytes(capacity)
        + " containers at work have "
        + bytes(used - idleBytes);
  }

  private boolean fits(Entrant entrant) {
    if (entrant.takesSlot() && running >= slots) {
      return false;
    }
    Model creates = entrant.creates();
    return creates == null || used - idleBytes <= capacity - creates.memoryBytes;
  }

  /** All books are made before anyone is told: whoever is told may ask for something else. */
  private void admit(Entrant entrant) {
    running += entrant.takesSlot() ? 1 : 0;
    Model creates = entrant.creates();
    if (creates != null) {
      makeRoom(creates.memoryBytes);
    }
    entrant.admitted();
  }

  private void makeRoom(long bytes) {
    long missing = used - (capacity - bytes);
    if (missing <= 0) {
      use(bytes);
      return;
    }
    Iterator<SimContainer> named = evictor.victims(missing).iterator();
    List<SimContainer> evicted = new ArrayList<>();
    while (used > capacity - bytes) {
      SimContainer next = named.hasNext() ? named.next() : oldest;
      evicted.add(next);
      memoryFreed(next);
    }
    use(bytes);
    evicted.forEach(evictor::evicted);
  }

  /** Seen by tests, that break the node with it. */
  void use(long bytes) {
    used += bytes;
    most = Math.max(most, used);
  }

  private static Waiting head(ArrayDeque<Waiting> line) {
    Waiting first = line.peek();
    while (first != null && first.entrant.over()) {
      line.poll();
      first = line.peek();
    }
    return first;
  }

  private static String bytes(long bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
  }
}
