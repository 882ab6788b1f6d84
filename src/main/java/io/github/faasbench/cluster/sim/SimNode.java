package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.ContainerName;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.LoadReading;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFacts;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.NodeFailure.Kind;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.cluster.RunRequest.Demand;
import io.github.faasbench.experiment.NodeSpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A simulated node. A call in a container of its own takes its slot and its container's memory when
 * it is admitted, then pulls where asked, starts the container and runs; a call in a waiting
 * container takes a slot and runs, once the container is unpaused where it was paused. Pausing and
 * removing containers and removing images takes no time.
 */
final class SimNode implements Node {

  private final NodeSpec spec;
  private final Host host;
  private final SimLoop loop;
  private final Models models;
  private final LoadFeed feed;

  SimNode(NodeSpec spec, Host host, Models models, LoadFeed feed) {
    this.spec = spec;
    this.host = host;
    this.loop = host.loop;
    this.models = models;
    this.feed = feed;
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public void load(Callback<LoadReading> done) {
    loop.post(() -> done.done(feed.reading(host)));
  }

  @Override
  public long loadReadAtNanos() {
    return feed.readAtNanos(host);
  }

  @Override
  public void inventory(Callback<Inventory> done) {
    loop.post(
        () ->
            done.done(
                new Inventory(
                    models.tags(host.images),
                    host.containers.all().stream()
                        .filter(container -> container.created)
                        .map(SimContainer::shown)
                        .toList())));
  }

  @Override
  public void pull(String image, Callback<PullResult> done) {
    Model model = models.ofImage(image);
    if (model == null) {
      fail(done, noSuchImage(image));
    } else {
      host.images.pull(model, Demand.NONE, result -> loop.post(() -> done.done(result)));
    }
  }

  @Override
  public void removeImage(String image, Callback<Void> done) {
    Model model = models.ofImage(image);
    if (model != null && host.images.inUse(model)) {
      fail(done, host.failure(Kind.ENGINE, "image " + image + " is used by a container"));
      return;
    }
    if (model != null) {
      host.images.remove(model);
    }
    loop.post(() -> done.done(null));
  }

  @Override
  public void run(RunRequest request, Callback<CallResult> done) {
    Model model = models.of(request);
    if (model == null || !request.pull() && !host.images.has(model)) {
      fail(done, noSuchImage(request.image()));
      return;
    }
    var call = new SimCall(host, request, model, null, done);
    if (host.register(call.container)) {
      host.enter(call);
    } else {
      fail(done, taken(request));
    }
  }

  @Override
  public void startWaiting(RunRequest request, Callback<Long> done) {
    Model model = models.of(request);
    if (model == null || !host.images.has(model)) {
      fail(done, noSuchImage(request.image()));
      return;
    }
    var container = new SimContainer(request.name(), model, request.labels(), null);
    container.paused = request.resident() != null && request.resident().paused();
    if (host.register(container)) {
      host.enter(new SimStart(host, container, request.demand(), done), container);
    } else {
      fail(done, taken(request));
    }
  }

  @Override
  public void exec(RunRequest request, Callback<CallResult> done) {
    SimContainer container = host.containers.waiting(request.name());
    if (container == null || container.starting != null) {
      fail(
          done,
          host.failure(Kind.ENGINE, "no container " + request.container() + " waits for calls"));
    } else {
      host.enter(new SimCall(host, request, null, container, done));
    }
  }

  @Override
  public void removeContainer(String name, Callback<Void> done) {
    SimContainer container = host.containers.get(ContainerName.of(name));
    if (container != null) {
      host.kill(container);
    }
    loop.post(() -> done.done(null));
  }

  @Override
  public void describe(Callback<NodeFacts> done) {
    NodeSpec.Limits limits = spec.limits();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cores", Double.isNaN(spec.cpu()) ? "no limit" : String.valueOf(spec.cpu()));
    facts.put("memory", spec.memoryBytes() == 0 ? "no limit" : mebibytes(spec.memoryBytes()));
    boolean unlimited = limits.slots() == Integer.MAX_VALUE;
    facts.put("slots", unlimited ? "no limit" : String.valueOf(limits.slots()));
    if (limits.bandwidthBytes() > 0) {
      facts.put("bandwidth", mebibytes(limits.bandwidthBytes()) + "/s");
    }
    facts.put("when full", limits.whenFull().name().toLowerCase(Locale.ROOT));
    loop.post(() -> done.done(new NodeFacts("simulated " + name(), "simulated", 0, 0, facts)));
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  private NodeFailure taken(RunRequest request) {
    return host.failure(Kind.ENGINE, "there is a container " + request.container() + " already");
  }

  private NodeFailure noSuchImage(String image) {
    return host.failure(
        Kind.IMAGE,
        "image "
            + image
            + " is not to be had: it is not on this simulated node, or no function of the file has"
            + " it");
  }

  private <T> void fail(Callback<T> done, NodeFailure failure) {
    loop.post(() -> done.failed(failure));
  }
}
