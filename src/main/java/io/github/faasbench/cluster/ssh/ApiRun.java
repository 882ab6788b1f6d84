package io.github.faasbench.cluster.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * One created container carried to its end: output attached and the wait open before it starts, so
 * that neither the first byte nor the end can be missed and nothing is polled.
 */
final class ApiRun {
  private static final long OUTPUT_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final EngineApi api;
  private final EventLoop loop;
  private final String path;
  private final long begunNanos;
  private final BooleanSupplier memoryWasShort;

  /**
   * @param begunNanos before it was created, on the loop's clock
   * @param memoryWasShort waits for the engine's word of it, which may come after that of the end
   */
  ApiRun(
      EngineApi api, EventLoop loop, String id, long begunNanos, BooleanSupplier memoryWasShort) {
    this.api = api;
    this.loop = loop;
    this.begunNanos = begunNanos;
    this.memoryWasShort = memoryWasShort;
    this.path = "/containers/" + id;
  }

  CallResult carryOut(Optional<PullResult> pull, long pullNanos) throws NodeException, IOException {
    OutputCapture output = new OutputCapture(OutputCapture.FUNCTION_OUTPUT_BYTES);
    FrameDecoder frames = new FrameDecoder(output, loop::nowNanos);
    // Both requests are on their way before either answer is waited for: one round trip.
    HttpConnection stream =
        api.begin("POST", path + "/attach?stream=1&stdout=1&stderr=1", null, true);
    HttpConnection wait = null;
    try {
      wait = api.begin("POST", path + "/wait?condition=next-exit", null, false);
      hijack(api, stream, frames, EngineApi.CALL_LIMIT_NANOS, "attaching to the container");
      wait.within(2 * EngineApi.CALL_LIMIT_NANOS);
      HttpConnection.Answer waiting = wait.answer(EngineApi.CALL_LIMIT_NANOS);
      if (waiting.status() != 200) {
        api.finish(wait, waiting).orThrow("waiting for the container");
      }
      EngineApi.Reply started = start();
      if (!started.ok()) {
        return neverStarted(started, pull, pullNanos);
      }
      return ended(wait, waiting, frames, output, pull, pullNanos);
    } finally {
      stream.close();
      if (wait != null) {
        wait.close();
      }
    }
  }

  private EngineApi.Reply start() throws NodeException {
    try {
      return api.call("POST", path + "/start", null);
    } catch (IOException e) {
      String what = "the connection broke while the container was started: ";
      throw new NodeException(NodeFailure.Kind.UNREACHABLE, what + FileErrors.of(e), true);
    }
  }

  private CallResult ended(
      HttpConnection wait,
      HttpConnection.Answer waiting,
      FrameDecoder frames,
      OutputCapture output,
      Optional<PullResult> pull,
      long pullNanos)
      throws NodeException {
    try {
      wait.limit(Long.MAX_VALUE); // the gateway's timeout removes the container
      JsonNode answer = EngineApi.json(waiting.text());
      long endedAt = loop.nowNanos();
      int exitCode = answer.path("StatusCode").asInt(-1);
      if (exitCode < 0) {
        throw new GarbledException("the engine's word of the container's end has no exit code");
      }
      await(frames, OUTPUT_LIMIT_NANOS);
      EngineApi.Reply inspect = api.call("GET", path + "/json", null);
      JsonNode state = inspect.json().path("State");
      Instant startedAt = EngineTime.parse(state.path("StartedAt").asText());
      Instant finishedAt = EngineTime.parse(state.path("FinishedAt").asText());
      Instant created = EngineTime.parse(inspect.json().path("Created").asText());
      EngineTime.Phases phases =
          EngineTime.Phases.of(created, startedAt, finishedAt, endedAt - begunNanos);
      boolean outOfMemory =
          state.path("OOMKilled").asBoolean()
              || exitCode == Notes.KILLED && memoryWasShort.getAsBoolean();
      return new CallResult(
          exitCode,
          endedAt,
          0,
          pullNanos,
          phases.startNanos(),
          phases.execNanos(),
          remove(),
          pull,
          output.text(),
          Notes.of(exitCode, outOfMemory, phases.jumped()));
    } catch (NodeException e) {
      throw e.afterStart();
    } catch (GarbledException e) {
      throw new NodeException(NodeFailure.Kind.GARBLED, e.getMessage(), true);
    } catch (IOException e) {
      String what = "the connection broke while the function ran: ";
      throw new NodeException(NodeFailure.Kind.UNREACHABLE, what + FileErrors.of(e), true);
    }
  }

  /**
   * A command that the image does not have ends with 126 or 127, as it does in an exec; any other
   * refusal is the engine's.
   */
  private CallResult neverStarted(
      EngineApi.Reply started, Optional<PullResult> pull, long pullNanos)
      throws NodeException, IOException {
    long endedAt = loop.nowNanos();
    JsonNode state = api.call("GET", path + "/json", null).json().path("State");
    int exitCode = state.path("ExitCode").asInt(0);
    if (exitCode != 126 && exitCode != 127) {
      started.orThrow("starting the container");
    }
    return new CallResult(
        exitCode, endedAt, 0, pullNanos, -1, -1, remove(), pull, started.problem());
  }

  private long remove() throws NodeException, IOException {
    long before = loop.nowNanos();
    EngineApi.Reply reply = api.call("DELETE", path + "?force=1&v=1", null);
    if (reply.status() != 404 && reply.status() != 409) {
      reply.orThrow("removing the container after its end");
    }
    return loop.nowNanos() - before;
  }

  /** Turns a connection whose upgrade was asked for into a stream of frames. */
  static void hijack(
      EngineApi api, HttpConnection stream, FrameDecoder frames, long limitNanos, String what)
      throws NodeException, IOException {
    stream.within(2 * limitNanos);
    HttpConnection.Answer answer = stream.answer(limitNanos);
    if (answer.status() != 101 && answer.status() != 200) {
      api.finish(stream, answer).orThrow(what);
      throw new GarbledException(what + ": unexpected HTTP status " + answer.status());
    }
    stream.hijack(frames);
  }

  /** The moment when the stream ended. */
  static long await(FrameDecoder frames, long limitNanos) throws IOException {
    try {
      return frames.ended().get(limitNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return -1; // a child that lives on holds the output open; what came is kept
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }
}
