package io.github.faasbench.cluster;

import io.github.faasbench.cluster.sim.SimLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A node for tests with fixed durations in virtual time, which keeps a list of what it did. */
public final class FakeNode implements Node {

  public static final long MILLI = 1_000_000;

  private final String name;
  private final SimLoop loop;
  public final List<String> did = new ArrayList<>();
  public final List<Boolean> followed = new ArrayList<>();
  public final List<RunRequest.Demand> demands = new ArrayList<>();
  public final Map<String, String> images = new TreeMap<>();
  public final Map<String, Inventory.Container> containers = new LinkedHashMap<>();

  /** What it was asked to start, run or call, in that order. */
  public final List<RunRequest> requests = new ArrayList<>();

  /** Containers that stand still. */
  public final Set<String> paused = new TreeSet<>();

  private final Map<Callback<CallResult>, String> running = new LinkedHashMap<>();

  /** The machine that it is on; empty: not known. */
  public String host = "";

  public double cpu;
  public double ram = 10;
  public int exitCode;
  public boolean loadFails;

  /** What a reading of its load takes. */
  public long loadNanos = MILLI;

  public boolean pullFails;

  /** Has no room for a further container or call. */
  public boolean full;

  /** Why nothing that is asked of it comes about; null: it works. */
  public NodeFailure.Kind down;

  /** What it takes and never answers, by the first word of what it did. */
  public final Set<String> silent = new TreeSet<>();

  /** Why no call runs there, while all else works; null: they do. */
  public NodeFailure.Kind callsFail;

  /** How long it takes until that shows. */
  public long failNanos = MILLI;

  /** A call's resident process ends with it. */
  public boolean runtimeEnds;

  /** Of a start, how long it waits for memory. */
  public long queuedNanos;

  public long pullNanos = 1000 * MILLI;
  public long startNanos = 200 * MILLI;
  public long execNanos = 3000 * MILLI;

  /** Its clock runs ahead: a call's own time comes out so much longer than it was. */
  public long execAheadNanos;

  public long removeNanos = 50 * MILLI;
  public long unpauseNanos = 11 * MILLI;
  public long pauseNanos = 9 * MILLI;

  /** Does nothing from now on, and what it has begun gives no answer but that. */
  public void cut() {
    down = NodeFailure.Kind.UNREACHABLE;
    List<Callback<CallResult>> begun = new ArrayList<>(running.keySet());
    running.clear();
    begun.forEach(call -> loop.after(failNanos, () -> call.failed(failure(down, "lost", true))));
  }

  private boolean fails(Callback<?> done) {
    String asked = did.get(did.size() - 1).split(" ")[0];
    if (silent.contains(asked)) {
      return true;
    }
    if (down == null) {
      return false;
    }
    NodeFailure failure = failure(down, "is down", false);
    loop.after(failNanos, () -> done.failed(failure));
    return true;
  }

  public int running() {
    return running.size();
  }

  public FakeNode(String name, SimLoop loop) {
    this.name = name;
    this.loop = loop;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public void followLoad(boolean wanted) {
    followed.add(wanted);
  }

  @Override
  public void load(Callback<LoadReading> done) {
    did.add("load");
    if (fails(done)) {
      return;
    }
    double cpuNow = cpu;
    loop.after(
        loadNanos,
        () -> {
          if (loadFails) {
            done.failed(failure(NodeFailure.Kind.UNREACHABLE, "no answer", false));
          } else {
            done.done(new LoadReading(cpuNow, ram, loop.nowNanos()));
          }
        });
  }

  @Override
  public void inventory(Callback<Inventory> done) {
    did.add("inventory");
    if (fails(done)) {
      return;
    }
    loop.after(
        MILLI,
        () -> done.done(new Inventory(Map.copyOf(images), List.copyOf(containers.values()))));
  }

  @Override
  public void pull(String image, Callback<PullResult> done) {
    did.add("pull " + image);
    if (fails(done)) {
      return;
    }
    loop.after(
        pullNanos,
        () -> {
          if (pullFails) {
            done.failed(failure(NodeFailure.Kind.IMAGE, "no such image " + image, false));
            return;
          }
          boolean present = images.put(Inventory.withTag(image), "id") != null;
          done.done(new PullResult(present ? 0 : 1000, present ? 2 : 0, 2, false));
        });
  }

  @Override
  public void removeImage(String image, Callback<Void> done) {
    did.add("rmi " + image);
    if (fails(done)) {
      return;
    }
    loop.after(
        removeNanos,
        () -> {
          images.remove(Inventory.withTag(image));
          done.done(null);
        });
  }

  @Override
  public void run(RunRequest request, Callback<CallResult> done) {
    did.add((request.pull() ? "cold " : "run ") + request.container());
    requests.add(request);
    demands.add(request.demand());
    if (fails(done)) {
      return;
    }
    if (callsFail != null) {
      NodeFailure failure = failure(callsFail, "runs nothing", false);
      loop.after(failNanos, () -> done.failed(failure));
      return;
    }
    if (full) {
      done.failed(failure(NodeFailure.Kind.FULL, "no room for 128 MiB", false));
      return;
    }
    long began = loop.nowNanos();
    Runnable start =
        () -> {
          containers.put(request.container(), container(request));
          execute(request, done, began);
        };
    if (!request.pull()) {
      start.run();
      return;
    }
    pull(
        request.image(),
        new Callback<>() {
          @Override
          public void done(PullResult value) {
            start.run();
          }

          @Override
          public void failed(NodeFailure failure) {
            done.failed(failure);
          }
        });
  }

  @Override
  public void startWaiting(RunRequest request, Callback<Long> done) {
    did.add("start " + request.container());
    requests.add(request);
    if (fails(done)) {
      return;
    }
    loop.after(
        startNanos,
        () -> {
          if (full) {
            done.failed(failure(NodeFailure.Kind.FULL, "no room for 128 MiB", false));
            return;
          }
          containers.put(request.container(), container(request));
          pause(request);
          done.done(queuedNanos);
        });
  }

  @Override
  public void exec(RunRequest request, Callback<CallResult> done) {
    did.add("exec " + request.container());
    requests.add(request);
    demands.add(request.demand());
    if (fails(done)) {
      return;
    }
    if (!containers.containsKey(request.container())) {
      done.failed(failure(NodeFailure.Kind.ENGINE, "no container " + request.container(), false));
      return;
    }
    if (full) {
      done.failed(failure(NodeFailure.Kind.FULL, "no slot free", false));
      return;
    }
    running.put(done, request.container());
    long unpausing = paused.remove(request.container()) ? unpauseNanos : 0;
    loop.after(unpausing + Math.max(0, execNanos), () -> ended(request, done, unpausing));
  }

  /** The end of a call in a container that waits. */
  private void ended(RunRequest request, Callback<CallResult> done, long unpausing) {
    CallResult result = inside(request, unpausing);
    long ended = loop.nowNanos();
    boolean last = Collections.frequency(running.values(), request.container()) == 1;
    if (last && !runtimeEnds && pause(request)) {
      loop.after(pauseNanos, () -> answer(done, withEnd(result, ended, pauseNanos)));
    } else {
      answer(done, result);
    }
  }

  private boolean pause(RunRequest request) {
    boolean pauses = request.resident() != null && request.resident().paused();
    if (pauses) {
      paused.add(request.container());
    }
    return pauses;
  }

  private CallResult inside(RunRequest request, long unpausing) {
    if (!runtimeEnds) {
      return result(-1, unpausing, Optional.empty());
    }
    containers.remove(request.container());
    String note = exitCode < 0 ? "no line of the protocol" : "the runtime ended";
    return new CallResult(
        exitCode,
        loop.nowNanos(),
        0,
        0,
        unpausing,
        execNanos,
        0,
        Optional.empty(),
        "its last words\n",
        note,
        true);
  }

  @Override
  public void removeContainer(String container, Callback<Void> done) {
    did.add("rm " + container);
    if (fails(done)) {
      return;
    }
    loop.after(
        removeNanos,
        () -> {
          containers.remove(container);
          List<Callback<CallResult>> inside = new ArrayList<>(running.keySet());
          inside.removeIf(call -> !running.get(call).equals(container));
          inside.forEach(running::remove);
          for (Callback<CallResult> call : inside) {
            call.done(new CallResult(137, loop.nowNanos(), 0, -1, -1, -1, 0, Optional.empty(), ""));
          }
          done.done(null);
        });
  }

  @Override
  public void describe(Callback<NodeFacts> done) {
    done.done(new NodeFacts("engine-" + name, "20.10", MILLI, 0, Map.of()));
  }

  private void execute(RunRequest request, Callback<CallResult> done, long began) {
    running.put(done, request.container());
    boolean pulled = request.pull();
    Optional<PullResult> pull =
        pulled ? Optional.of(new PullResult(1000, 0, 2, false)) : Optional.empty();
    loop.after(
        startNanos + Math.max(0, execNanos),
        () -> {
          long ended = loop.nowNanos();
          CallResult result = result(pulled ? pullNanos : -1, startNanos, pull);
          loop.after(
              removeNanos,
              () -> {
                containers.remove(request.container());
                answer(done, withEnd(result, ended, removeNanos));
              });
        });
  }

  private void answer(Callback<CallResult> done, CallResult result) {
    if (running.remove(done) != null) {
      done.done(result);
    }
  }

  private CallResult result(long pull, long start, Optional<PullResult> evidence) {
    return new CallResult(
        exitCode, loop.nowNanos(), 0, pull, start, execNanos + execAheadNanos, 0, evidence, "Ok\n");
  }

  private CallResult withEnd(CallResult r, long ended, long cleanUp) {
    return new CallResult(
        r.exitCode(),
        ended,
        r.queuedNanos(),
        r.pullNanos(),
        r.startNanos(),
        r.execNanos(),
        cleanUp,
        r.pull(),
        r.output());
  }

  private Inventory.Container container(RunRequest request) {
    return new Inventory.Container(
        request.container(), request.container(), request.image(), request.labels(), true);
  }

  private NodeFailure failure(NodeFailure.Kind kind, String message, boolean mayHaveRun) {
    return new NodeFailure(kind, name, name + ": " + message, mayHaveRun);
  }
}
