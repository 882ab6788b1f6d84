package io.github.faasbench.gateway;

import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.policy.QueueOrder;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Calls that wait at the gateway. Each function's calls stand in a line of their own, first come
 * first served: who waits in front of a call of another function may want what that one doesn't
 * need. Which line comes first, the order says.
 */
final class WaitingCalls {

  /** Each time an answer is missing so long again, twice as many may be chosen for. */
  private static final long PATIENCE_NANOS = 100_000_000L;

  private final QueueOrder order;
  private final EventLoop loop;
  private final Consumer<Call> select;
  private final Set<FunctionState> lines = new LinkedHashSet<>();
  private boolean asking;
  private boolean askAgain;

  /**
   * @param select chooses a node for a call anew; whom it makes wait comes back by {@link #add}
   */
  WaitingCalls(QueueOrder order, EventLoop loop, Consumer<Call> select) {
    this.order = order;
    this.loop = loop;
    this.select = select;
  }

  /**
   * The call waits.
   *
   * @param forContainer until a container of its function has a place free, and for nothing else
   */
  void add(Call call, boolean forContainer) {
    call.waiting = true;
    call.state.line.add(call);
    call.state.waitsForContainer = forContainer;
    lines.add(call.state);
  }

  /** Puts the call at the end of its function's line; false when nobody stands there. */
  boolean joins(Call call) {
    if (lines.isEmpty()) {
      return false;
    }
    FunctionState function = call.state;
    while (!function.line.isEmpty() && !function.line.peek().waiting) {
      function.line.poll(); // given up
    }
    if (function.line.isEmpty()) {
      lines.remove(function);
      return false;
    }
    add(call, function.waitsForContainer);
    return true;
  }

  /**
   * Something has become free: the calls that it may be good for are chosen for anew, until the
   * first of each line has to wait again.
   *
   * @param function whose container has a place free now, or is gone; null: of no function
   */
  void capacityFreed(FunctionState function) {
    if (lines.isEmpty()) {
      return;
    }
    if (function != null) {
      function.placeFreed = true;
    }
    askAgain = true;
    if (!asking) {
      ask(lines);
    }
  }

  /**
   * It is known where the call runs, or that it waits again, or that it is over. If it stood in a
   * line until then, the next may follow: while loads are read, only as many are chosen for as may
   * succeed, or each place that comes free would have loads read for every call that waits.
   */
  void answered(Call call) {
    FunctionState function = call.state;
    if (function.asked.isEmpty() || !function.asked.remove(call)) {
      return; // mostly the first: a simulation's calls need no hash
    }
    boolean next = !call.waiting || function.freedMeanwhile;
    function.freedMeanwhile = false;
    if (next) {
      askOnce(function);
    }
  }

  private void askOnce(FunctionState function) {
    if (lines.contains(function)) {
      function.placeFreed = true;
      askAgain = asking;
      if (!asking) {
        ask(Set.of(function));
      }
    }
  }

  /** A choice may free something itself: going round keeps the stack flat. */
  private void ask(Set<FunctionState> those) {
    asking = true;
    askAgain = false;
    round(those);
    while (askAgain) {
      askAgain = false;
      round(lines);
    }
    asking = false;
  }

  private void round(Set<FunctionState> those) {
    var turns =
        new PriorityQueue<FunctionState>(
            Comparator.<FunctionState>comparingDouble(f -> f.turn)
                .thenComparingLong(f -> f.line.peek().number));
    for (FunctionState function : those) {
      if (!function.waitsForContainer || function.placeFreed) {
        if (isFull(function)) {
          function.freedMeanwhile = true;
        } else {
          join(turns, function);
        }
      }
      function.placeFreed = false;
    }
    while (!turns.isEmpty()) {
      FunctionState function = turns.poll();
      Call call = function.line.poll();
      if (call.waiting) {
        call.waiting = false;
        select.accept(call);
        if (call.selecting) {
          function.asked.add(call);
        }
      }
      if (function.line.isEmpty()) {
        lines.remove(function);
      } else if (!call.waiting && !isFull(function)) {
        join(turns, function);
      }
    }
  }

  /**
   * Whether enough of its calls are being chosen for: as many as there are nodes with a place for
   * one. A node that does not answer shall keep nobody from the others: the longer an answer is
   * missing, the more may be chosen for besides, until at each of these nodes there is one.
   */
  private boolean isFull(FunctionState function) {
    if (function.asked.isEmpty()) {
      return false;
    }
    NodeSet places = function.withPlace();
    Call oldest = function.asked.iterator().next();
    long missing = (loop.nowNanos() - oldest.selectingSinceNanos) / PATIENCE_NANOS;
    long most = Math.max(1L, places.members()) << Math.min(missing, 30);
    if (function.asked.size() < most && !isAskedEverywhere(function, places)) {
      return false;
    }
    if (!function.askingPlanned) {
      function.askingPlanned = true;
      loop.after(
          PATIENCE_NANOS,
          () -> {
            function.askingPlanned = false;
            askOnce(function);
          });
    }
    return true;
  }

  private static boolean isAskedEverywhere(FunctionState function, NodeSet places) {
    if (places.isEmpty()) {
      return false;
    }
    long asked =
        function.asked.stream()
            .map(call -> call.asked)
            .filter(node -> node != null && places.contains(node))
            .distinct()
            .count();
    return asked == places.members();
  }

  private void join(PriorityQueue<FunctionState> turns, FunctionState function) {
    boolean warm = !function.withPlace().isEmpty();
    function.turn = order.key(function.line.peek().request, warm, loop.nowNanos());
    turns.add(function);
  }
}
