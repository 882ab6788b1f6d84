package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.Resident;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.cluster.ssh.resident.ProtocolException;
import io.github.faasbench.cluster.ssh.resident.ResidentProcess;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One container whose process takes the calls, over the stream that is attached to it before it
 * starts. A call costs one line there and one back, and no thread of its own. Only where the
 * container is paused between calls, a thread asks the engine before and after them; the time to
 * unpause is taken around that request, by the gateway's clock, so it includes one round trip.
 */
final class ResidentContainer {
  private static final long READY_LIMIT_SECONDS = 60;

  /** Between the end of the stream and the engine's knowing of the end of the process. */
  private static final long END_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Both stamps of a process are cut to microseconds. */
  private static final long ROUNDING_NANOS = 2_000;

  private final Node node;
  private final String id;
  private final String name;
  private final Consumer<String> endedByItself;
  private final OutputCapture errors = new OutputCapture(OutputCapture.FUNCTION_OUTPUT_BYTES);
  private final PauseGate gate;
  private HttpConnection stream;
  private ResidentProcess process;
  private volatile boolean started;
  private volatile boolean leaving;

  /** What a container needs of its node. */
  record Node(
      EngineApi api,
      ApiContainers containers,
      EngineEvents events,
      EventLoop loop,
      Executor threads) {}

  /**
   * @param endedByItself told why, when it ends while no call is inside
   */
  ResidentContainer(Node node, String id, String name, Consumer<String> endedByItself) {
    this.node = node;
    this.id = id;
    this.name = name;
    this.endedByItself = endedByItself;
    gate = new PauseGate(node.api, name);
  }

  /** Waits until the process says that it takes calls. */
  void start(Resident resident) throws NodeException, IOException {
    String path = "/containers/" + id;
    String attach = path + "/attach?stream=1&stdin=1&stdout=1&stderr=1";
    stream = node.api.begin("POST", attach, null, true);
    OutputStream stdin = stream.output();
    process = new ResidentProcess(stdin, resident.args(), node.loop::nowNanos, this::over);
    FrameDecoder frames = new FrameDecoder(process.output(), errors, node.loop::nowNanos);
    String attaching = "attaching to container " + name;
    ApiRun.hijack(node.api, stream, frames, EngineApi.CALL_LIMIT_NANOS, attaching);
    frames.ended().whenComplete((at, garbled) -> process.ended());
    node.api.refill();
    String what = "starting container " + name;
    node.api.call("POST", path + "/start", null).orThrow(what);
    awaitReady();
    if (resident.paused()) {
      gate.pauseIfIdle();
    }
    stream.outlives();
    started = true;
  }

  private void awaitReady() throws NodeException, IOException {
    try {
      Deadline.current().asks("with the first line of container " + name);
      process.ready().get(READY_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw neverReady("it said nothing within " + READY_LIMIT_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProtocolException) {
        throw neverReady("its first line is none of the protocol: " + e.getCause().getMessage());
      }
      throw neverReady(ResidentEnd.of(node, id, END_LIMIT_NANOS).words());
    }
  }

  private NodeException neverReady(String why) {
    String said = errors.text().strip();
    return new NodeException(
        NodeFailure.Kind.RUNTIME,
        "container "
            + name
            + " never became ready: "
            + why
            + (said.isEmpty() ? "" : "; it wrote: " + said)
            + "; its command is the function's `resident` (docs/resident.md)");
  }

  /** Returns at once; the answer comes from the thread that brings the process's line. */
  void exec(RunRequest request, Residents.Answer answer) {
    if (!request.resident().paused()) {
      call(request, 0, new InCall(answer, 0, false));
      return;
    }
    try {
      node.threads.execute(Deadline.current().carrying(() -> execPaused(request, answer)));
    } catch (RejectedExecutionException e) {
      answer.failed(new NodeException(NodeFailure.Kind.UNREACHABLE, "the node was let go"));
    }
  }

  private void call(RunRequest request, long spentNanos, InCall call) {
    if (!process.isBusy() && !errors.isEmpty()) {
      errors.reset(); // of the calls before
    }
    call.sentNanos = node.loop.nowNanos();
    try {
      long left = request.leftNanos();
      process.call(left < 0 ? -1 : Math.max(0, (left - spentNanos) / 1_000_000), call);
    } catch (ResidentProcess.NotTakenException e) {
      String message = "container " + name + " took no call: " + e.getMessage();
      call.failed(new NodeException(NodeFailure.Kind.RUNTIME, message));
    } catch (IOException e) {
      call.failed(lost(FileErrors.of(e)));
    }
  }

  private NodeException lost(String why) {
    return new NodeException(
        NodeFailure.Kind.UNREACHABLE,
        "the stream to container " + name + " was lost during the call: " + why,
        true);
  }

  private void execPaused(RunRequest request, Residents.Answer answer) {
    long begun = node.loop.nowNanos();
    long took;
    try {
      took = gate.enter() ? node.loop.nowNanos() - begun : 0;
    } catch (NodeException e) {
      answer.failed(e);
      return;
    } catch (IOException e) {
      String message = "unpausing container " + name + ": " + FileErrors.of(e);
      answer.failed(new NodeException(NodeFailure.Kind.UNREACHABLE, message));
      return;
    }
    call(request, took, new InCall(answer, took, true));
  }

  /** A call, sent or about to be; told its end once, by whichever thread sees it. */
  private final class InCall implements ResidentProcess.Caller {
    private final Residents.Answer answer;
    private final long unpausedNanos;
    private final boolean pauses;
    private long sentNanos;

    InCall(Residents.Answer answer, long unpausedNanos, boolean pauses) {
      this.answer = answer;
      this.unpausedNanos = unpausedNanos;
      this.pauses = pauses;
    }

    @Override
    public void answered(int exitCode, String result, long tookMicros, long atNanos) {
      long span = atNanos - sentNanos;
      long nanos = tookMicros * 1_000;
      boolean fits = tookMicros >= 0 && nanos <= span + ROUNDING_NANOS + span / 1_000;
      done(
          exitCode,
          atNanos,
          fits ? nanos : -1,
          exitCode == 0 ? "" : result + "\n" + errors.text(),
          fits ? "" : Notes.IMPOSSIBLE,
          false);
    }

    private void done(
        int exitCode, long atNanos, long nanos, String output, String note, boolean gone) {
      if (pauses) {
        node.threads.execute(() -> leaveThenTell(exitCode, atNanos, nanos, output, note, gone));
      } else {
        tell(exitCode, atNanos, nanos, output, note, 0, gone);
      }
    }

    private void leaveThenTell(
        int exitCode, long atNanos, long nanos, String output, String note, boolean gone) {
      long begun = node.loop.nowNanos();
      try {
        gate.leave();
        if (!gone) {
          gate.pauseIfIdle();
        }
      } catch (NodeException | IOException e) {
        String trouble = NodeException.oneLine("it was not paused again: " + FileErrors.of(e));
        String both = note.isEmpty() ? trouble : note + "; " + trouble;
        tell(exitCode, atNanos, nanos, output, both, node.loop.nowNanos() - begun, true);
        return;
      }
      tell(exitCode, atNanos, nanos, output, note, gone ? 0 : node.loop.nowNanos() - begun, gone);
    }

    private void tell(
        int exitCode,
        long atNanos,
        long nanos,
        String output,
        String note,
        long cleanupNanos,
        boolean gone) {
      answer.done(
          new CallResult(
              exitCode,
              atNanos,
              0,
              0,
              unpausedNanos,
              nanos,
              cleanupNanos,
              Optional.empty(),
              output,
              note,
              gone));
    }

    void failed(NodeException why) {
      if (pauses) {
        gate.leave();
      }
      answer.failed(why);
    }
  }

  /** On the thread that brought the end: what waits goes to another one. */
  private void over(ProtocolException garbled, List<ResidentProcess.Caller> left, long atNanos) {
    boolean carrierStood = stream == null || stream.carrierStands();
    try {
      node.threads.execute(() -> explain(garbled, left, atNanos, carrierStood));
    } catch (RejectedExecutionException e) {
      left.forEach(caller -> ((InCall) caller).failed(lost("the node was let go")));
    }
  }

  private void explain(
      ProtocolException garbled,
      List<ResidentProcess.Caller> left,
      long atNanos,
      boolean carrierStood) {
    if (leaving) {
      String message = "container " + name + " was removed during the call";
      NodeException why = new NodeException(NodeFailure.Kind.ENGINE, message, true);
      left.forEach(caller -> ((InCall) caller).failed(why));
    } else if (garbled != null) {
      String note =
          NodeException.oneLine(
              "the runtime's answer is no line of the protocol: " + garbled.getMessage());
      left.forEach(c -> ((InCall) c).done(-1, atNanos, -1, errors.text(), note, true));
      tellIdle(left, note);
    } else if (!carrierStood) {
      NodeException why = lost("the connection to the node broke");
      left.forEach(caller -> ((InCall) caller).failed(why));
      tellIdle(left, "the connection to the node broke");
    } else {
      ended(left, atNanos);
    }
    close();
  }

  private void ended(List<ResidentProcess.Caller> left, long atNanos) {
    ResidentEnd end;
    try {
      end = ResidentEnd.of(node, id, END_LIMIT_NANOS);
    } catch (NodeException | IOException e) {
      NodeException why = lost(FileErrors.of(e));
      left.forEach(caller -> ((InCall) caller).failed(why));
      tellIdle(left, why.getMessage());
      return;
    }
    if (end.how() == ResidentEnd.How.BY_ITSELF) {
      int exitCode = end.exitCode() == 0 ? -1 : end.exitCode(); // 0 would be an answer
      left.forEach(c -> ((InCall) c).done(exitCode, atNanos, -1, errors.text(), end.note(), true));
    } else {
      NodeException why =
          end.how() == ResidentEnd.How.NOT_AT_ALL ? lost(end.words()) : Notes.killedWith(name);
      left.forEach(caller -> ((InCall) caller).failed(why));
    }
    tellIdle(left, end.words());
  }

  private void tellIdle(List<ResidentProcess.Caller> left, String why) {
    if (left.isEmpty() && started && !leaving) {
      String said = errors.text().lines().findFirst().orElse("");
      endedByItself.accept(NodeException.oneLine(said.isEmpty() ? why : why + ": " + said));
    }
  }

  /** It is about to be removed. */
  void leave() {
    leaving = true;
  }

  /** Whether it is removed, or about to be. */
  boolean isLeaving() {
    return leaving;
  }

  /** Lets its stream go. */
  void close() {
    node.events.forget(id);
    if (stream != null) {
      stream.close();
    }
  }
}
