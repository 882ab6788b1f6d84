package io.github.faasbench.cluster.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.words.FileErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The engine through its API.
 *
 * <p>Where the phases of a run come from: start and process by the engine's clock (Created,
 * StartedAt and FinishedAt of the container); the pull by the gateway's, around the request, since
 * the engine does not stamp a pull's beginning: it includes one round trip, which the environment
 * states. An exec is timed by {@link EngineEvents}. The end is the arrival of the engine's word
 * that the container, or the exec's stream, has ended; what is asked after it is outside the
 * latency.
 */
final class ApiEngine implements Engine {
  /** How long the word of an exec's end is waited for before the engine is asked (again). */
  private static final long WORD_LIMIT_MILLIS = 2_000;

  /** A paused one's processes are there, as {@code inspect} says too. */
  private static final Set<String> RUNNING = Set.of("running", "paused");

  private final EngineApi api;
  private final EngineEvents events;
  private final ImagePulls pulls;
  private final OpenPulls open = new OpenPulls();
  private final ApiContainers containers;
  private final Residents residents;
  private final EventLoop loop;
  private final Executor threads;

  ApiEngine(EngineApi.Dial dial, Executor threads, EventLoop loop) {
    this.loop = loop;
    this.threads = threads;
    this.api = new EngineApi(dial, threads);
    this.events = new EngineEvents(api, threads, loop::nowNanos);
    this.pulls = new ImagePulls(this::fetch, threads);
    this.containers = new ApiContainers(api);
    this.residents = new Residents(api, containers, events, loop, threads);
  }

  @Override
  public void connect() throws NodeException, IOException {
    api.negotiate();
    events.listen();
  }

  @Override
  public PullResult pull(String image) throws NodeException, IOException {
    return pulls.pull(image);
  }

  @SuppressWarnings("try") // it is open, not used
  private PullResult fetch(String image) throws NodeException, IOException {
    // Before the engine is asked: once a stop has ended the pulls, it is asked for no other.
    try (OpenPulls.Open pulling = open.add(Deadline.current()::end)) {
      return follow(image);
    }
  }

  private PullResult follow(String image) throws NodeException, IOException {
    String full = Inventory.withTag(image);
    HttpConnection connection =
        api.begin("POST", "/images/create?fromImage=" + EngineApi.query(full), null, false);
    try {
      Runnable heard = () -> connection.within(ImagePulls.SILENCE_LIMIT_NANOS);
      heard.run();
      HttpConnection.Answer answer = connection.answer(ImagePulls.SILENCE_LIMIT_NANOS);
      if (answer.status() != 200) {
        throw ImagePulls.notToBeHad(image, api.finish(connection, answer).problem());
      }
      PullProgress progress = PullProgress.of(answer.body(), heard);
      if (progress.error() != null) {
        throw ImagePulls.notToBeHad(image, progress.error());
      }
      api.keep(connection);
      return progress.result(true);
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public boolean endPulls() {
    open.end();
    return false; // an engine ends a pull whose client is gone
  }

  @Override
  public void load(InputStream archive) throws NodeException, IOException {
    EngineApi.Reply reply = api.upload("/images/load?quiet=1", archive).orThrow("loading an image");
    byte[] answer = reply.text().getBytes(StandardCharsets.UTF_8);
    PullProgress progress = PullProgress.of(new ByteArrayInputStream(answer), () -> {});
    if (progress.error() != null) {
      throw new NodeException(NodeFailure.Kind.ENGINE, "loading an image: " + progress.error());
    }
  }

  @Override
  public void removeImage(String image) throws NodeException, IOException {
    String full = EngineApi.query(Inventory.withTag(image)).replace("%2F", "/");
    EngineApi.Reply reply = api.call("DELETE", "/images/" + full, null);
    if (reply.status() != 404) {
      reply.orThrow("removing image " + image);
    }
  }

  @Override
  public CallResult run(RunRequest request) throws NodeException, IOException {
    long begun = loop.nowNanos();
    Optional<PullResult> pull = Optional.empty();
    long pullNanos = 0;
    if (request.pull()) {
      pull = Optional.of(pulls.pull(request.image()));
      pullNanos = loop.nowNanos() - begun;
    }
    long creating = loop.nowNanos();
    String id = containers.create(request);
    try {
      events.expect(id, request.container());
      ApiRun run = new ApiRun(api, loop, id, creating, () -> events.outOfMemory(id));
      return run.carryOut(pull, pullNanos);
    } catch (NodeException e) {
      if (e.kind() == NodeFailure.Kind.UNREACHABLE) {
        removeLater(id);
      } else {
        removeNow(id, e);
      }
      throw e;
    } catch (IOException e) {
      removeLater(id);
      throw e;
    } finally {
      events.forget(id);
      api.refill();
    }
  }

  private void removeNow(String id, Exception why) {
    try {
      removeContainer(id);
    } catch (NodeException | IOException e) {
      why.addSuppressed(e);
    }
  }

  /** Where the connection broke, another one may take its time: the call's end is not to wait. */
  private void removeLater(String id) {
    try {
      threads.execute(() -> removeNow(id, new IOException()));
    } catch (RejectedExecutionException e) {
      // The node is let go. Whoever sweeps it finds the container by its label.
    }
  }

  @Override
  public void startWaiting(RunRequest request) throws NodeException, IOException {
    if (request.resident() != null) {
      residents.start(request);
      return;
    }
    String id = containers.createSleeping(request);
    EngineApi.Reply reply = api.call("POST", "/containers/" + id + "/start", null);
    if (!reply.ok()) {
      containers.remove(id);
      reply.orThrow("starting waiting container " + request.container());
    }
  }

  @Override
  public Residents residents() {
    return residents;
  }

  @Override
  public CallResult exec(RunRequest request) throws NodeException, IOException {
    ObjectNode body = EngineApi.JSON.createObjectNode();
    body.put("AttachStdout", true).put("AttachStderr", true);
    request.command().forEach(body.putArray("Cmd")::add);
    String container = EngineApi.query(request.container());
    String what = "running a command in container " + request.container();
    EngineApi.Reply created = api.call("POST", "/containers/" + container + "/exec", body);
    String id = EngineApi.id(created.orThrow(what).json());
    events.expect(id, request.container());
    try {
      ObjectNode how = EngineApi.JSON.createObjectNode().put("Detach", false).put("Tty", false);
      long begun = loop.nowNanos();
      HttpConnection stream = beginExec(id, how, what);
      try {
        OutputCapture output = new OutputCapture(OutputCapture.FUNCTION_OUTPUT_BYTES);
        FrameDecoder frames = new FrameDecoder(output, loop::nowNanos);
        ApiRun.hijack(api, stream, frames, EngineApi.CALL_LIMIT_NANOS, what);
        long ended = ApiRun.await(frames, Long.MAX_VALUE);
        return executed(request.container(), id, begun, ended, output.text());
      } catch (NodeException e) {
        throw e.afterStart();
      } catch (GarbledException e) {
        throw new NodeException(NodeFailure.Kind.GARBLED, what + ": " + e.getMessage(), true);
      } catch (IOException e) {
        throw new NodeException(NodeFailure.Kind.UNREACHABLE, what + ": " + FileErrors.of(e), true);
      } finally {
        stream.close();
      }
    } finally {
      events.forget(id);
      api.refill();
    }
  }

  /** A connection that breaks while it is asked leaves open whether the engine has the request. */
  private HttpConnection beginExec(String id, ObjectNode how, String what) throws NodeException {
    try {
      return api.begin("POST", "/exec/" + id + "/start", how, true);
    } catch (IOException e) {
      throw new NodeException(NodeFailure.Kind.UNREACHABLE, what + ": " + FileErrors.of(e), true);
    }
  }

  private CallResult executed(
      String container, String id, long begun, long streamEnded, String output)
      throws NodeException, IOException {
    long ended = streamEnded;
    EngineApi.Reply inspect = api.call("GET", "/exec/" + id + "/json", null);
    // The stream's end may come before the process's: by a moment, or a function closed its output.
    boolean running = inspect.json().path("Running").asBoolean();
    boolean early = running;
    EngineEvents.Times times = events.timesOf(id, !running, WORD_LIMIT_MILLIS);
    while (running && times == null) { // the word of its end may have been lost
      inspect = api.call("GET", "/exec/" + id + "/json", null);
      ended = loop.nowNanos();
      running = inspect.json().path("Running").asBoolean();
      times = events.timesOf(id, !running, WORD_LIMIT_MILLIS);
    }
    int exitCode = times == null ? -1 : times.exitCode();
    if (inspect.ok() && !running) {
      exitCode = inspect.json().path("ExitCode").asInt(-1);
    }
    // The stream can also end before the process by less than the inspect takes.
    if (times != null && (early || times.nanos() > streamEnded - begun)) {
      ended = Math.max(streamEnded, times.arrivedNanos());
    }
    if (exitCode < 0) { // killed together with its container
      throw new NodeException(
          NodeFailure.Kind.ENGINE,
          "running a command in container "
              + container
              + ": its end is not known ("
              + (inspect.ok() ? "the engine tells no exit code" : inspect.problem())
              + "); was the container removed meanwhile?",
          true);
    }
    boolean killed = exitCode == Notes.KILLED;
    boolean outOfMemory = killed && events.outOfMemory(id);
    if (killed && !outOfMemory || exitCode == Notes.NOT_STARTED) {
      requireRunning(container);
    }
    boolean timed = times != null && times.told();
    boolean jumped = timed && !EngineTime.fits(times.nanos(), ended - begun);
    long nanos = timed && !jumped ? times.nanos() : -1;
    String note = Notes.of(exitCode, outOfMemory, jumped);
    return new CallResult(exitCode, ended, 0, 0, 0, nanos, 0, Optional.empty(), output, note);
  }

  /** What was killed with its container did not end by itself, and no call may come there again. */
  private void requireRunning(String container) throws NodeException, IOException {
    if (!containers.state(container).path("Running").asBoolean()) {
      throw Notes.killedWith(container);
    }
  }

  @Override
  public void removeContainer(String name) throws NodeException, IOException {
    residents.leave(name);
    containers.remove(name);
    residents.left(name);
  }

  @Override
  public Inventory inventory() throws NodeException, IOException {
    Map<String, String> images = new HashMap<>();
    JsonNode imageList = api.call("GET", "/images/json", null).orThrow("listing images").json();
    for (JsonNode image : imageList) {
      String id = image.path("Id").asText();
      for (JsonNode tag : image.path("RepoTags")) {
        images.put(tag.asText(), id);
      }
      for (JsonNode digest : image.path("RepoDigests")) {
        images.put(digest.asText(), id);
      }
    }
    images.keySet().removeIf(name -> name.contains("<none>"));
    List<Inventory.Container> containers = new ArrayList<>();
    JsonNode list =
        api.call("GET", "/containers/json?all=1", null).orThrow("listing containers").json();
    for (JsonNode container : list) {
      Map<String, String> labels = new HashMap<>();
      container
          .path("Labels")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      containers.add(
          new Inventory.Container(
              container.path("Id").asText(),
              container.path("Names").path(0).asText().replaceFirst("^/", ""),
              container.path("Image").asText(),
              labels,
              RUNNING.contains(container.path("State").asText())));
    }
    return new Inventory(images, containers);
  }

  @Override
  public Map<String, String> facts() throws NodeException, IOException {
    JsonNode info = api.call("GET", "/info", null).orThrow("asking the engine's facts").json();
    Map<String, String> facts = new LinkedHashMap<>(NodeExamination.ofInfo(info));
    facts.put(NodeExamination.API_VERSION, api.version());
    return facts;
  }

  @Override
  public long roundTripNanos() throws NodeException, IOException {
    long start = System.nanoTime();
    api.call("GET", "/_ping", null).orThrow("pinging the engine");
    return System.nanoTime() - start;
  }
}
