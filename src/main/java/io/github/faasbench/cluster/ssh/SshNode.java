package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFacts;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One node: each operation waits on a thread of its own and posts its answer to the loop. */
final class SshNode implements Node, AutoCloseable {
  private final String name;
  private final SshLink link;
  private final Engine engine;
  private final LoadProbe probe;

  /** Null: loads are asked for, not followed. */
  private final LoadWatch watch;

  private final ImageSupply supply;
  private final Limits limits = new Limits();

  /** What ends when a container is removed, by its name; the loop's. */
  private final Map<String, Set<Deadline>> inside = new HashMap<>();

  private final ExecutorService threads;
  private final EventLoop loop;
  private volatile SshCluster.Needs connected = SshCluster.Needs.LOGIN;

  SshNode(
      String name,
      SshLink link,
      Engine engine,
      LoadProbe probe,
      LoadWatch watch,
      ExecutorService threads,
      EventLoop loop) {
    this.name = name;
    this.link = link;
    this.engine = engine;
    this.probe = probe;
    this.watch = watch;
    this.supply = new ImageSupply(name, engine);
    this.threads = threads;
    this.loop = loop;
  }

  /** Reaches everything that operations need, so that no first call pays for it. */
  void connect(SshCluster.Needs needs) throws NodeException, IOException {
    link.connect();
    connected = needs;
    if (needs == SshCluster.Needs.LOGIN) {
      return;
    }
    engine.connect();
    if (needs == SshCluster.Needs.ENGINE) {
      return;
    }
    probe.connect();
    if (watch != null) {
      probe.stop(); // it has shown which script serves
      watch.connect();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String host() {
    return link.login().machine();
  }

  @Override
  public void load(Callback<LoadReading> done) {
    if (watch != null) {
      watch.load(done);
    } else {
      carryOut(within(Limits.LOAD_NANOS, done), probe::read);
    }
  }

  @Override
  public void followLoad(boolean wanted) {
    if (watch != null) {
      watch.follow(wanted);
    }
  }

  /** Whom to tell of this node's load, where it is followed. */
  void follow(LoadWatch.Follower follower) {
    if (watch != null) {
      watch.follow(follower);
    }
  }

  @Override
  public void inventory(Callback<Inventory> done) {
    Noted<Inventory> noted = new Noted<>(done, "", false);
    carryOut(within(limits.cleaningNanos(), noted), engine::inventory);
  }

  @Override
  public void pull(String image, Callback<PullResult> done) {
    carryOut(within(ImagePulls.WHOLE_LIMIT_NANOS, done), () -> engine.pull(image));
  }

  @Override
  public void provide(String image, Callback<PullResult> done) {
    carryOut(within(ImagePulls.WHOLE_LIMIT_NANOS, done), () -> supply.provide(image));
  }

  void sendImages(ImageSource source, Consumer<String> note) {
    supply.from(source, note);
  }

  void unreachable(Set<String> images, Callback<Map<String, String>> done) {
    carryOut(within(ImagePulls.WHOLE_LIMIT_NANOS, done), () -> supply.unreachable(images));
  }

  boolean endPulls() {
    return engine.endPulls();
  }

  @Override
  public void removeImage(String image, Callback<Void> done) {
    carryOut(cleaning(done), () -> nothing(() -> engine.removeImage(image)));
  }

  @Override
  public void run(RunRequest request, Callback<CallResult> done) {
    carryOut(about(request, done), () -> engine.run(request));
  }

  @Override
  public void startWaiting(RunRequest request, Callback<Long> done) {
    Pending<Long> starting = about(request, done);
    starting.deadline().within(Limits.START_NANOS);
    carryOut(
        starting,
        () -> {
          engine.startWaiting(request);
          return 0L;
        });
  }

  @Override
  public void exec(RunRequest request, Callback<CallResult> done) {
    if (request.resident() != null) {
      callResident(request, about(request, done));
    } else if (request.command().isEmpty()) { // docker would take it for an argument's mistake
      String message = "the function has no command, and a waiting container needs one to run";
      NodeFailure none = new NodeFailure(NodeFailure.Kind.ENGINE, name, message, false);
      loop.post(() -> done.failed(none));
    } else {
      carryOut(about(request, done), () -> engine.exec(request));
    }
  }

  private void callResident(RunRequest request, Pending<CallResult> call) {
    try {
      Residents residents = engine.residents();
      String container = request.container();
      call.deadline().asks("the call in container " + container);
      call.deadline().hold(call, () -> residents.cut(container));
      Runnable exec = () -> residents.exec(request, new ResidentAnswer(call));
      call.deadline().carrying(exec).run();
    } catch (NodeException e) {
      call.failed(e.at(name));
    } catch (IOException e) {
      throw new IllegalStateException(e); // its time has only begun
    }
  }

  /** Whom to tell, on the loop, of a waiting container that ended between calls. */
  void whenEnded(BiConsumer<String, String> told) {
    try {
      engine.residents().whenEnded((name, why) -> loop.post(() -> told.accept(name, why)));
    } catch (NodeException e) {
      return; // this way to the engine has none
    }
  }

  /** Hands on what comes from the thread that brings the bytes. */
  private final class ResidentAnswer implements Residents.Answer {
    private final Pending<CallResult> call;

    ResidentAnswer(Pending<CallResult> call) {
      this.call = call;
    }

    @Override
    public void done(CallResult result) {
      call.done(result);
    }

    @Override
    public void failed(NodeException failure) {
      call.failed(failure.at(name));
    }
  }

  @Override
  public void removeContainer(String container, Callback<Void> done) {
    inside.getOrDefault(container, Set.of()).forEach(d -> d.within(Limits.KILLED_NANOS));
    carryOut(cleaning(done), () -> nothing(() -> engine.removeContainer(container)));
  }

  @Override
  public void describe(Callback<NodeFacts> done) {
    boolean all = connected == SshCluster.Needs.LOAD;
    carryOut(
        within(Limits.FACTS_NANOS, done),
        () -> {
          NodeFacts facts = new NodeExamination(link, engine, probe, all).examine();
          if (all && !facts.troubles().isEmpty()) { // it worked a moment ago
            throw new NodeException(
                NodeFailure.Kind.UNREACHABLE, String.join("; ", facts.troubles().values()));
          }
          return facts;
        });
  }

  @Override
  public void close() {
    link.close();
  }

  /** An operation that answers nothing. */
  private interface Step {
    void carryOut() throws NodeException, IOException;
  }

  private static Void nothing(Step step) throws NodeException, IOException {
    step.carryOut();
    return null;
  }

  private <T> Pending<T> within(long limitNanos, Noted<T> noted) {
    noted.pending.deadline().within(limitNanos);
    return noted.pending;
  }

  private <T> Pending<T> within(long limitNanos, Callback<T> done) {
    Pending<T> pending = new Pending<>(name, done, loop);
    pending.deadline().within(limitNanos);
    return pending;
  }

  /** A removal. */
  private Pending<Void> cleaning(Callback<Void> done) {
    return within(limits.cleaningNanos(), new Noted<>(done, "", true));
  }

  /** What has no limit by itself, and ends when its container is removed. */
  private <T> Pending<T> about(RunRequest request, Callback<T> done) {
    Noted<T> noted = new Noted<>(done, request.container(), false);
    inside
        .computeIfAbsent(request.container(), key -> new HashSet<>())
        .add(noted.pending.deadline());
    return noted.pending;
  }

  /** Notes on the loop whether the node answered, before that is told. */
  private final class Noted<T> implements Callback<T> {
    private final Callback<T> done;
    private final String container;
    private final boolean removes;
    private final Pending<T> pending = new Pending<>(name, this, loop);

    /**
     * @param container that ends it; empty: none does
     * @param removes whether an answer shows that the node removes what it is told to
     */
    Noted(Callback<T> done, String container, boolean removes) {
      this.done = done;
      this.container = container;
      this.removes = removes;
    }

    @Override
    public void done(T value) {
      leave();
      if (removes) {
        limits.removed();
      }
      done.done(value);
    }

    @Override
    public void failed(NodeFailure failure) {
      leave();
      if (pending.wasSilent()) {
        limits.passed();
      }
      done.failed(failure);
    }

    private void leave() {
      Set<Deadline> others = inside.get(container);
      if (others != null && others.remove(pending.deadline()) && others.isEmpty()) {
        inside.remove(container);
      }
    }
  }

  private <T> void carryOut(Pending<T> pending, Pending.Operation<T> operation) {
    String address = link.login().address();
    try {
      threads.execute(pending.deadline().carrying(() -> pending.carryOut(operation, address)));
    } catch (RejectedExecutionException e) {
      String message = "the node was let go";
      pending.failed(new NodeFailure(NodeFailure.Kind.UNREACHABLE, name, message, false));
    }
  }
}
