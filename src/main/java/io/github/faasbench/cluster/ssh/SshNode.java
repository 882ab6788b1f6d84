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
      carryOut(done, probe::read);
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
    carryOut(done, engine::inventory);
  }

  @Override
  public void pull(String image, Callback<PullResult> done) {
    carryOut(done, () -> engine.pull(image));
  }

  @Override
  public void provide(String image, Callback<PullResult> done) {
    carryOut(done, () -> supply.provide(image));
  }

  void sendImages(ImageSource source, Consumer<String> note) {
    supply.from(source, note);
  }

  void unreachable(Set<String> images, Callback<Map<String, String>> done) {
    carryOut(done, () -> supply.unreachable(images));
  }

  @Override
  public void removeImage(String image, Callback<Void> done) {
    carryOut(done, () -> nothing(() -> engine.removeImage(image)));
  }

  @Override
  public void run(RunRequest request, Callback<CallResult> done) {
    carryOut(done, () -> engine.run(request));
  }

  @Override
  public void startWaiting(RunRequest request, Callback<Long> done) {
    carryOut(
        done,
        () -> {
          engine.startWaiting(request);
          return 0L;
        });
  }

  @Override
  public void exec(RunRequest request, Callback<CallResult> done) {
    if (request.resident() == null
        && request.command().isEmpty()) { // docker would take it for a mistake in its arguments
      String message = "the function has no command, and a waiting container needs one to run";
      fail(done, new NodeFailure(NodeFailure.Kind.ENGINE, name, message, false));
      return;
    }
    if (request.resident() == null) {
      carryOut(done, () -> engine.exec(request));
      return;
    }
    try {
      engine.residents().exec(request, new ResidentAnswer(done));
    } catch (NodeException e) {
      fail(done, e.at(name));
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

  /** Posts what comes from the thread that brings the bytes. */
  private final class ResidentAnswer implements Residents.Answer {
    private final Callback<CallResult> done;

    ResidentAnswer(Callback<CallResult> done) {
      this.done = done;
    }

    @Override
    public void done(CallResult result) {
      loop.post(() -> done.done(result));
    }

    @Override
    public void failed(NodeException failure) {
      fail(done, failure.at(name));
    }
  }

  @Override
  public void removeContainer(String container, Callback<Void> done) {
    carryOut(done, () -> nothing(() -> engine.removeContainer(container)));
  }

  @Override
  public void describe(Callback<NodeFacts> done) {
    boolean all = connected == SshCluster.Needs.LOAD;
    carryOut(
        done,
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

  /** An operation that blocks. */
  private interface Operation<T> {
    T carryOut() throws NodeException, IOException;
  }

  /** An operation that answers nothing. */
  private interface Step {
    void carryOut() throws NodeException, IOException;
  }

  private static Void nothing(Step step) throws NodeException, IOException {
    step.carryOut();
    return null;
  }

  private <T> void carryOut(Callback<T> done, Operation<T> operation) {
    try {
      threads.execute(() -> answer(done, operation));
    } catch (RejectedExecutionException e) {
      fail(done, new NodeFailure(NodeFailure.Kind.UNREACHABLE, name, "the node was let go", false));
    }
  }

  private <T> void answer(Callback<T> done, Operation<T> operation) {
    try {
      T value = operation.carryOut();
      loop.post(() -> done.done(value));
    } catch (NodeException e) {
      fail(done, e.at(name));
    } catch (GarbledException e) {
      String message =
          "the engine's answer makes no sense: " + NodeException.oneLine(e.getMessage());
      fail(done, new NodeFailure(NodeFailure.Kind.GARBLED, name, message, false));
    } catch (IOException e) {
      String message =
          "the connection to "
              + link.login().address()
              + " broke: "
              + NodeException.oneLine(String.valueOf(e.getMessage()))
              + NodeException.LOOK_CLOSER;
      fail(done, new NodeFailure(NodeFailure.Kind.UNREACHABLE, name, message, false));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) { // or nobody is told
      String message = "the node's answer could not be handled: " + NodeException.oneLine("" + e);
      fail(done, new NodeFailure(NodeFailure.Kind.GARBLED, name, message, true));
    }
  }

  private <T> void fail(Callback<T> done, NodeFailure failure) {
    loop.post(() -> done.failed(failure));
  }
}
