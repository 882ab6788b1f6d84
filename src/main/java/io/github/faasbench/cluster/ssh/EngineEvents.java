package io.github.faasbench.cluster.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The engine's own stream of events, kept open: when each exec began and ended, both by the
 * engine's clock, and whether its container was short of memory meanwhile. The beginning is when
 * the engine takes up the exec, so it includes the set-up of the process inside the container
 * (about 40 ms with runc 1.1), of which the engine tells nothing apart.
 */
final class EngineEvents {
  /** How long the word that memory was short may come after that of the end. */
  private static final long OOM_LIMIT_MILLIS = 500;

  private final EngineApi api;
  private final Executor threads;
  private final LongSupplier clock;
  private final Map<String, Exec> awaited = new ConcurrentHashMap<>();
  private final ReentrantLock opening = new ReentrantLock();
  private volatile boolean open;
  private volatile boolean everSeen;
  private volatile int missed;

  EngineEvents(EngineApi api, Executor threads, LongSupplier clock) {
    this.api = api;
    this.clock = clock;
    this.threads = threads;
  }

  /**
   * One exec's times.
   *
   * @param told whether the engine told both
   * @param nanos from the engine taking it up to its end
   * @param exitCode -1 when the engine does not tell
   * @param arrivedNanos when the word of the end arrived, on the loop's clock
   */
  record Times(boolean told, long nanos, int exitCode, long arrivedNanos) {}

  private static final class Exec {
    private final String container;
    private volatile long startedNanos = -1;
    private final CompletableFuture<Times> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> outOfMemory = new CompletableFuture<>();

    Exec(String container) {
      this.container = container;
    }
  }

  /** Listens for an exec, or for a container's whole life by its id; called before it starts. */
  void expect(String id, String container) throws NodeException, IOException {
    awaited.put(id, new Exec(container));
    listen();
  }

  /** Whether its container's memory was short while it ran; waits a moment for the word of it. */
  boolean outOfMemory(String id) {
    Exec exec = awaited.get(id);
    if (exec == null) { // forgotten meanwhile
      return false;
    }
    try {
      exec.outOfMemory.get(OOM_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nothing completes it so
    }
  }

  /** No longer waits for it. */
  void forget(String id) {
    awaited.remove(id);
  }

  /**
   * Waits for the times of an exec; null when the engine has not told them within the limit.
   *
   * @param hasEnded whether its end is known, so that the word of it comes soon or never
   */
  Times timesOf(String execId, boolean hasEnded, long limitMillis) {
    // An engine without such events (seen at its first calls) is not waited for again.
    boolean hopeless = !open || !everSeen && missed >= 3;
    try {
      return awaited
          .get(execId)
          .ended
          .get(hasEnded && hopeless ? 0 : limitMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      missed += hasEnded ? 1 : 0;
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nothing completes it so
    }
  }

  /** Opens the stream unless it is open. A lock: a virtual thread in a monitor holds a real one. */
  void listen() throws NodeException, IOException {
    if (open) {
      return;
    }
    Deadline.current().asks("GET /events");
    opening.lock();
    try {
      if (!open) {
        open();
      }
    } finally {
      opening.unlock();
    }
  }

  private void open() throws NodeException, IOException {
    String filters = "{\"type\":[\"container\"],\"event\":[\"exec_start\",\"exec_die\",\"oom\"]}";
    HttpConnection connection =
        api.begin("GET", "/events?filters=" + EngineApi.query(filters), null, false);
    HttpConnection.Answer answer;
    try {
      connection.within(2 * EngineApi.CALL_LIMIT_NANOS);
      answer = connection.answer(EngineApi.CALL_LIMIT_NANOS);
      if (answer.status() != 200) {
        api.finish(connection, answer).orThrow("listening to the engine's events");
      }
    } catch (IOException e) {
      connection.close();
      throw e;
    }
    connection.limit(Long.MAX_VALUE); // silence is normal; keep-alive notices a dead peer
    connection.outlives();
    open = true;
    threads.execute(() -> follow(connection, answer));
  }

  private void follow(HttpConnection connection, HttpConnection.Answer answer) {
    try {
      BoundedLines lines = new BoundedLines(answer.body());
      for (String line = lines.next(); line != null; line = lines.next()) {
        take(EngineApi.JSON.readTree(line));
      }
    } catch (IOException e) {
      // over, or no events any more: the same either way; the next exec opens it anew
    } finally {
      open = false;
      connection.close();
    }
  }

  private void take(JsonNode event) {
    String action = event.path("Action").asText();
    JsonNode attributes = event.path("Actor").path("Attributes");
    if (action.equals("oom")) {
      String name = attributes.path("name").asText();
      awaited.values().stream()
          .filter(exec -> exec.container.equals(name))
          .forEach(exec -> exec.outOfMemory.complete(null));
      return;
    }
    Exec exec = awaited.get(attributes.path("execID").asText());
    if (exec == null) {
      return;
    }
    long nanos = event.path("timeNano").asLong(-1);
    if (action.startsWith("exec_start")) {
      exec.startedNanos = nanos;
    } else if (action.startsWith("exec_die")) {
      everSeen = true;
      boolean told = exec.startedNanos >= 0 && nanos >= 0;
      long took = told ? nanos - exec.startedNanos : -1;
      int exitCode = attributes.path("exitCode").asInt(-1);
      exec.ended.complete(new Times(told, took, exitCode, clock.getAsLong()));
    }
  }
}
