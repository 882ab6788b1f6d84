package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The engine as in the thesis: {@code sudo docker …} over SSH, one command line an operation, on
 * kept connections.
 *
 * <p>Where the phases come from: the pull by two stamps of the node's clock; the start from the
 * node's stamp before {@code docker create} to the engine's StartedAt (one machine, one clock), so
 * that it includes the client's own start-up, which this way of starting has; the process of a run
 * by the engine's StartedAt and FinishedAt, that of an exec by the node's stamps around {@code
 * docker exec}. The end is the arrival of a marker that the command line prints the moment docker
 * returned. The client shows no bytes, so a pull's size is not measured.
 */
final class CliEngine implements Engine {
  private static final long CALL_LIMIT_MILLIS = 60_000;
  private static final long ENDLESS = TimeUnit.DAYS.toMillis(3650); // the operation's deadline ends

  /** Its client tells nothing while a layer comes: no silence can be told from work. */
  private static final long PULL_LIMIT_MILLIS = TimeUnit.HOURS.toMillis(1);

  private static final Pattern NO_IMAGE =
      Pattern.compile("(?i)no such image|unable to find image|image not known|reference does not");
  private static final Pattern REFUSED =
      Pattern.compile("(?m)^(Error response from daemon: |Error: No such container|sudo: ).*");

  /** What docker says last when the engine is gone: before the command, or while it ran. */
  private static final Pattern NO_ENGINE =
      Pattern.compile(
          "(?:^|\\n)(?:Cannot connect to the Docker daemon at |error during connect: ).*\\n?\\z");

  private final SshLink link;
  private final CliCommands commands;
  private final Executor threads;
  private final EventLoop loop;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentHashMap<String, Integer> pulling = new ConcurrentHashMap<>();
  private final OpenPulls open = new OpenPulls();
  private volatile String shell = "";

  CliEngine(SshLink link, Executor threads, EventLoop loop) {
    this.threads = threads;
    this.link = link;
    this.commands = new CliCommands(link);
    this.loop = loop;
  }

  /** Chooses the shell: one that stamps without a process is best, the login shell first of all. */
  @Override
  public void connect() throws NodeException, IOException {
    OutputCapture out = new OutputCapture(4096);
    OutputCapture none = new OutputCapture(0);
    link.exec("echo \"stamp:$EPOCHREALTIME:\"", out, none).await(CALL_LIMIT_MILLIS);
    if (!out.text().matches("(?s).*stamp:\\d+[.,]\\d{6}:.*")) {
      String asked =
          link.ask(
              "bash -c 'echo \"stamp:$EPOCHREALTIME:\"' || true; date +%s%N", CALL_LIMIT_MILLIS);
      if (asked.matches("(?s).*stamp:\\d+[.,]\\d{6}:.*")) {
        shell = "exec bash -c ";
      } else if (asked.matches("(?s).*(^|\\n)\\d{18,20}\\s*")) {
        shell = "exec sh -c ";
      } else {
        throw new NodeException(
            NodeFailure.Kind.ENGINE,
            "`engine: cli` needs bash 5 or GNU date on the node to stamp a call's phases");
      }
    }
    commands.docker("version --format '{{.Server.APIVersion}}'");
  }

  @Override
  public PullResult pull(String image) throws NodeException, IOException {
    boolean shared = beginPull(image);
    try {
      String nonce = nonce();
      CliMarkers markers = new CliMarkers(nonce, loop::nowNanos, () -> {});
      Deadline.current().asks("`docker pull " + image + "`");
      String script = CliScript.pull(nonce, image);
      pulling(script, markers, new OutputCapture(4096), new Pulled(), PULL_LIMIT_MILLIS);
      checkPull(image, markers);
      return evidence(markers, shared);
    } finally {
      endPull(image);
    }
  }

  @Override
  public boolean endPulls() {
    return open.end(); // the client on the node does not see that nobody listens any more
  }

  @Override
  public void load(InputStream archive) throws NodeException, IOException {
    commands.load(archive, threads);
  }

  @Override
  public CallResult run(RunRequest request) throws NodeException, IOException {
    boolean shared = request.pull() && beginPull(request.image());
    Pulled pulled = new Pulled();
    pulled.then(() -> endPull(request.image()));
    String nonce = nonce();
    long begun = loop.nowNanos();
    CliMarkers markers = new CliMarkers(nonce, loop::nowNanos, pulled);
    OutputCapture output = new OutputCapture(OutputCapture.FUNCTION_OUTPUT_BYTES);
    try {
      Deadline.current().asks("the command line that runs container " + request.container());
      String script = CliScript.run(nonce, request);
      if (request.pull()) {
        pulling(script, markers, output, pulled, ENDLESS);
      } else {
        start(script, markers, output).await(ENDLESS);
      }
    } catch (IOException e) {
      throw broke(e);
    } finally {
      if (request.pull()) {
        pulled.run();
      }
    }
    checkPull(request.image(), markers);
    String refused = markers.text("nocreate");
    if (refused != null) {
      if (ImagePulls.hasNoCommand(refused)) {
        throw ImagePulls.noCommand(request.image());
      }
      throw NO_IMAGE.matcher(refused).find()
          ? ImagePulls.notToBeHad(request.image(), NodeException.oneLine(refused))
          : engine("creating container " + request.container() + ": " + refused, false);
    }
    return result(request, markers, begun, output.text(), shared);
  }

  private CallResult result(
      RunRequest request, CliMarkers markers, long begun, String output, boolean shared)
      throws NodeException {
    long span = markers.endedAtNanos() - begun;
    String[] end = fields(markers, "end", 1);
    String[] removed = fields(markers, "removed", 2);
    String[] inspect = markers.fields("inspect");
    String[] pull = request.pull() ? fields(markers, "pulled", 2) : new String[] {"0", "0"};
    int exitCode = (int) CliMarkers.number(end[0]);
    long pullNanos = CliMarkers.span(pull[0], pull[1]);
    EngineTime.Phases phases = EngineTime.Phases.UNKNOWN;
    boolean outOfMemory = false;
    if (inspect.length == 6) { // absent when the container was removed while it ran
      Instant startedAt = EngineTime.parse(inspect[2]);
      int inspected = (int) CliMarkers.number(inspect[4]);
      if (startedAt == null && inspected != 126 && inspected != 127) {
        throw engine("starting container " + request.container() + ": " + output, false);
      }
      exitCode = inspected;
      Instant before = Instant.ofEpochSecond(0, CliMarkers.number(inspect[0]));
      phases = EngineTime.Phases.of(before, startedAt, EngineTime.parse(inspect[3]), span);
      outOfMemory = inspect[5].equals("true");
    } else {
      requireEngine(exitCode, output);
    }
    return new CallResult(
        exitCode,
        markers.endedAtNanos(),
        0,
        EngineTime.fits(pullNanos, span) ? pullNanos : -1,
        phases.startNanos(),
        phases.execNanos(),
        CliMarkers.span(removed[0], removed[1]),
        request.pull() ? Optional.of(evidence(markers, shared)) : Optional.empty(),
        output,
        Notes.of(exitCode, outOfMemory, phases.jumped()));
  }

  @Override
  public CallResult exec(RunRequest request) throws NodeException, IOException {
    String nonce = nonce();
    long begun = loop.nowNanos();
    CliMarkers markers = new CliMarkers(nonce, loop::nowNanos, () -> {});
    OutputCapture output = new OutputCapture(OutputCapture.FUNCTION_OUTPUT_BYTES);
    try {
      Deadline.current().asks("`docker exec` in container " + request.container());
      start(CliScript.exec(nonce, request), markers, output).await(ENDLESS);
    } catch (IOException e) {
      throw broke(e);
    }
    String[] end = fields(markers, "end", 3);
    int exitCode = (int) CliMarkers.number(end[0]);
    if (exitCode == 1 && REFUSED.matcher(output.text()).lookingAt()) {
      throw engine(
          "running a command in container " + request.container() + ": " + output.text(), false);
    }
    requireEngine(exitCode, output.text());
    String[] killed = markers.fields("killed");
    if (killed.length > 0 && !killed[0].equals("true")) {
      throw Notes.killedWith(request.container());
    }
    long nanos = CliMarkers.span(end[1], end[2]);
    boolean jumped = !EngineTime.fits(nanos, markers.endedAtNanos() - begun);
    return new CallResult(
        exitCode,
        markers.endedAtNanos(),
        0,
        0,
        0,
        jumped ? -1 : nanos,
        0,
        Optional.empty(),
        output.text(),
        Notes.of(exitCode, killed.length == 2, jumped));
  }

  /** Docker's exit code would be taken for the function's, which may have run. */
  private static void requireEngine(int exitCode, String output) throws NodeException {
    if (exitCode == 1 && NO_ENGINE.matcher(output).find()) {
      throw engine("the engine was gone before the call's end: " + output.strip(), true);
    }
  }

  @Override
  public void startWaiting(RunRequest request) throws NodeException, IOException {
    String name = ShellQuote.word(request.container());
    String create = CliScript.create(request, List.of("sleep", "infinity"));
    String start = CliScript.DOCKER + "start " + name;
    String remove = CliScript.DOCKER + "rm -f -v " + name + " >/dev/null 2>&1";
    // Removed again only when it was made here: a name may be another container's.
    CliCommands.Ended ended =
        commands.run(create + " && { " + start + " || { r=$?; " + remove + "; exit $r; }; }");
    if (ended.status() != 0) {
      throw NO_IMAGE.matcher(ended.err()).find()
          ? ImagePulls.notToBeHad(request.image(), NodeException.oneLine(ended.err()))
          : engine("starting waiting container " + request.container() + ": " + ended.err(), false);
    }
  }

  @Override
  public void removeImage(String image) throws NodeException, IOException {
    CliCommands.Ended ended =
        commands.run(CliScript.DOCKER + "rmi " + ShellQuote.word(Inventory.withTag(image)));
    if (ended.status() != 0 && !NO_IMAGE.matcher(ended.err()).find()) {
      throw engine("removing image " + image + ": " + ended.err(), false);
    }
  }

  @Override
  public void removeContainer(String name) throws NodeException, IOException {
    String word = ShellQuote.word(name);
    CliCommands.Ended ended = commands.run(CliScript.DOCKER + "rm -f -v " + word);
    if (ended.err().contains("is already in progress")) { // another removal: done when that is
      commands.run(
          "n=0; while "
              + CliScript.DOCKER
              + "inspect "
              + word
              + " >/dev/null 2>&1 && [ $n -lt 300 ]; do n=$((n+1)); sleep 0.1; done");
    } else if (ended.status() != 0 && !CliCommands.NO_CONTAINER.matcher(ended.err()).find()) {
      throw engine("removing container " + name + ": " + ended.err(), false);
    }
  }

  @Override
  public Inventory inventory() throws NodeException, IOException {
    return commands.inventory();
  }

  @Override
  public Map<String, String> facts() throws NodeException, IOException {
    return commands.facts();
  }

  @Override
  public long roundTripNanos() {
    return -1;
  }

  /** What begins with a pull; once that is over, a call ends as any does: by its container. */
  private void pulling(
      String script, CliMarkers markers, OutputCapture output, Pulled pulled, long limitMillis)
      throws NodeException, IOException {
    RemoteCommand command = start(script, markers, output);
    OpenPulls.Open pull =
        open.add(
            () -> {
              command.stop().run();
              command.ended().complete(new RemoteCommand.Exit(-1, null));
            });
    pulled.then(pull::close);
    try {
      command.await(limitMillis);
    } finally {
      pulled.run();
    }
  }

  private RemoteCommand start(String script, CliMarkers markers, OutputCapture output)
      throws NodeException {
    String line = shell.isEmpty() ? script : shell + ShellQuote.word(script);
    return link.exec(line, markers, output);
  }

  /** Notes a pull as under way; true when another one of this image is. */
  private boolean beginPull(String image) {
    return pulling.merge(image, 1, Integer::sum) > 1;
  }

  private void endPull(String image) {
    pulling.computeIfPresent(image, (key, count) -> count == 1 ? null : count - 1);
  }

  /** What is done once, when a pull is over: by the node's word, or the end of the whole. */
  private static final class Pulled implements Runnable {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean over;

    /** At once when it is over. */
    synchronized void then(Runnable action) {
      if (over) {
        action.run();
      } else {
        actions.add(action);
      }
    }

    @Override
    public synchronized void run() {
      over = true;
      actions.forEach(Runnable::run);
      actions.clear();
    }
  }

  private static void checkPull(String image, CliMarkers markers) throws NodeException {
    String refused = markers.text("nopull");
    if (refused != null) {
      String[] lines = refused.strip().split("\n");
      throw ImagePulls.notToBeHad(image, lines[lines.length - 1]);
    }
  }

  private static PullResult evidence(CliMarkers markers, boolean shared) {
    PullProgress progress = new PullProgress();
    markers.lines("layer").forEach(progress::take);
    PullResult found = progress.result(false);
    return new PullResult(found.pulledBytes(), found.layersPresent(), found.layers(), shared);
  }

  private static String[] fields(CliMarkers markers, String word, int count) throws NodeException {
    String[] fields = markers.fields(word);
    if (fields.length != count) {
      throw new NodeException(
          NodeFailure.Kind.GARBLED,
          "the node's shell did not tell the call's '" + word + "'; is its login shell usable?",
          true);
    }
    return fields;
  }

  private static NodeException engine(String message, boolean mayHaveRun) {
    return new NodeException(NodeFailure.Kind.ENGINE, message, mayHaveRun);
  }

  private static NodeException broke(IOException e) {
    return new NodeException(
        NodeFailure.Kind.UNREACHABLE,
        "the connection broke while the call was under way: " + FileErrors.of(e),
        true);
  }

  private String nonce() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
