package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.ClusterListener;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.Faults;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.ssh.session.LoginException;
import io.github.faasbench.cluster.ssh.session.LoginSettings;
import io.github.faasbench.cluster.ssh.session.Logins;
import io.github.faasbench.cluster.ssh.session.SshLogin;
import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.words.FileErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Docker nodes over SSH. All connections are made before it is handed out, and kept. */
public final class SshCluster implements Cluster {
  /** A node has as long as its slowest honest steps: three connects and the metrics script. */
  private static final long CONNECT_LIMIT_SECONDS = 120;

  private static final long CLOSE_LIMIT_SECONDS = 2;

  private final WallClockLoop loop = new WallClockLoop();
  private final ExecutorService threads = DaemonThreads.start();
  private final List<SshNode> nodes = new ArrayList<>();
  private final boolean pushesLoads;
  private Faults faults = Faults.NONE;

  private SshCluster(boolean pushesLoads) {
    this.pushesLoads = pushesLoads;
  }

  /** What of a node has to be reached, each with those before it. */
  public enum Needs {
    /** Enough to examine it. */
    LOGIN,
    /** Enough to look after its containers and images. */
    ENGINE,
    /** What a run needs. */
    LOAD
  }

  /**
   * How to connect.
   *
   * @param engine how Docker is spoken to
   * @param login where logins find keys, known hosts and the rest
   * @param socket the engine's socket on the nodes
   * @param metricsScript content of {@code get_node_metrics.sh}, for nodes that lack it
   * @param watched how often nodes push their loads; empty: they are asked
   * @param needs what has to be reached
   */
  public record Settings(
      EngineKind engine,
      LoginSettings login,
      String socket,
      String metricsScript,
      Optional<Duration> watched,
      Needs needs) {

    /** With Docker's own socket, and nodes that are asked for their loads. */
    public static Settings of(EngineKind engine, LoginSettings login, String metricsScript) {
      String socket = "/var/run/docker.sock";
      return new Settings(engine, login, socket, metricsScript, Optional.empty(), Needs.LOAD);
    }

    /** With nodes that push their loads so often. */
    public Settings watching(Duration interval) {
      return new Settings(engine, login, socket, metricsScript, Optional.of(interval), needs);
    }

    /** With nodes of which no more than that has to be reached. */
    public Settings needing(Needs fewer) {
      return new Settings(engine, login, socket, metricsScript, watched, fewer);
    }
  }

  /**
   * Connects to all nodes at once.
   *
   * @throws ConnectFailedException when any can't be used; it names every one of them
   */
  public static SshCluster connect(List<NodeSpec> specs, Settings settings)
      throws ConnectFailedException {
    SshCluster cluster = new SshCluster(settings.watched().isPresent());
    Logins logins = new Logins(settings.login());
    List<Future<?>> pending = new ArrayList<>();
    for (NodeSpec spec : specs) {
      SshLogin login = logins.to(spec);
      try {
        login.prepare(); // before the clock starts: the user may be asked for a passphrase
        pending.add(cluster.connecting(cluster.node(spec, login, settings), settings.needs()));
      } catch (LoginException e) {
        pending.add(CompletableFuture.failedFuture(e));
      }
    }
    List<ConnectFailedException.Failure> failures = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_LIMIT_SECONDS);
    for (int i = 0; i < specs.size(); i++) {
      String trouble = troubleOf(pending.get(i), deadline);
      if (trouble != null) {
        NodeSpec spec = specs.get(i);
        failures.add(
            new ConnectFailedException.Failure(spec.name(), SshLogin.address(spec), trouble));
      }
    }
    if (!failures.isEmpty()) {
      if (Thread.currentThread().isInterrupted()) {
        threadOf(cluster::close).start(); // it may wait for a server that says nothing
      } else {
        cluster.close();
      }
      throw new ConnectFailedException(failures);
    }
    return cluster;
  }

  private static Thread threadOf(Runnable action) {
    var thread = new Thread(action, "faasbench-let-go");
    thread.setDaemon(true);
    return thread;
  }

  private Future<?> connecting(SshNode node, Needs needs) {
    nodes.add(node);
    return threads.submit(
        () -> {
          node.connect(needs);
          return null;
        });
  }

  private SshNode node(NodeSpec spec, SshLogin login, Settings settings) {
    SshLink link = new SshLink(login);
    Engine engine =
        settings.engine() == EngineKind.API
            ? new ApiEngine(() -> link.socket(settings.socket()), threads, loop)
            : new CliEngine(link, threads, loop);
    LoadProbe probe = new LoadProbe(link, LoadProbe.INSTALLED, settings.metricsScript(), loop);
    LoadWatch watch =
        settings
            .watched()
            .map(interval -> new LoadWatch(spec.name(), probe, interval, threads, loop))
            .orElse(null);
    return new SshNode(spec.name(), link, engine, probe, watch, threads, loop);
  }

  /** Why a node's connect failed, for the user; null when it did not. */
  private static String troubleOf(Future<?> connect, long deadline) {
    try {
      connect.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return null;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return cause instanceof NodeException || cause instanceof LoginException
          ? cause.getMessage()
          : "connecting failed: " + NodeException.oneLine(FileErrors.of(cause));
    } catch (TimeoutException e) {
      return "not connected within "
          + CONNECT_LIMIT_SECONDS
          + " s; check the node's load and the network";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted while connecting";
    }
  }

  /**
   * Lets nodes have images that their registry does not give them, when {@link Node#provide} asks.
   *
   * @param note told on the loop, a line for each image that is sent to a node
   */
  public void sendImages(ImageSource source, Consumer<String> note) {
    nodes.forEach(node -> node.sendImages(source, line -> loop.post(() -> note.accept(line))));
  }

  /**
   * Asks for those of the images whose registry does not answer a node of this cluster, each with
   * what its engine says. Fetches nothing.
   */
  public void unreachable(Node node, Set<String> images, Callback<Map<String, String>> done) {
    ((SshNode) node).unreachable(images, done);
  }

  /**
   * Collects the garbage that connecting and preparing made: in a load, Java would do that while
   * calls are due, and the first collection, which moves all that lives, stops it for tens of ms.
   */
  @Override
  public void loadBegins() {
    System.gc();
  }

  @Override
  public boolean endPulls() {
    return nodes.stream().filter(SshNode::endPulls).count() > 0;
  }

  /** Lets faults be done to nodes, by whoever can do them. */
  public void breakBy(Faults newFaults) {
    faults = newFaults;
  }

  @Override
  public void listen(ClusterListener listener) {
    for (int i = 0; i < nodes.size(); i++) {
      int place = i;
      nodes.get(i).whenEnded((name, why) -> listener.ended(place, name, why));
      nodes.get(i).follow(new Told(listener, place));
    }
  }

  /** Tells a listener of one node's load. */
  private record Told(ClusterListener listener, int place) implements LoadWatch.Follower {
    @Override
    public void read(LoadReading reading) {
      listener.load(place, reading.cpuPercent(), reading.ramPercent(), reading.takenAtNanos());
    }

    @Override
    public void unread(Optional<NodeFailure> failure) {
      listener.unread(place, failure);
    }
  }

  @Override
  public boolean pushesLoads() {
    return pushesLoads;
  }

  @Override
  public Faults faults() {
    return faults;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public void close() {
    List<CompletableFuture<Void>> closing =
        nodes.stream().map(node -> CompletableFuture.runAsync(node::close, threads)).toList();
    threads.shutdown();
    CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS) // a stuck connection stays
        .join();
  }
}
