package io.github.faasbench.cluster.ssh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.faasbench.cluster.NodeFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The Docker Engine API of one node over forwarded connections, which are kept and used again. A
 * hijacked stream uses one up; the pool is filled again in the background, so that the next call
 * need not wait for a channel to open.
 */
final class EngineApi {
  /** Longest silence of a call that asks or removes. */
  static final long CALL_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Longest silence of one that creates or starts: work on a slow node's disk. */
  private static final long WORK_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);

  /** Longest time of a whole answer, in limits of its silence. */
  private static final int LIMITS_OF_ANSWER = 2;

  /** How long the cause of a broken upload may be on its way. */
  private static final long REFUSAL_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The oldest version with all that is used, and the newest that this was written against. */
  static final String OLDEST = "1.41";

  private static final String NEWEST = "1.47";
  private static final Pattern VERSION = Pattern.compile("\\d{1,4}\\.\\d{1,4}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,199}");
  private static final int KEPT = 3;
  static final ObjectMapper JSON = new ObjectMapper();

  private final Dial dial;
  private final Executor threads;
  private final ArrayDeque<HttpConnection> idle = new ArrayDeque<>();
  private volatile String prefix = "";

  EngineApi(Dial dial, Executor threads) {
    this.dial = dial;
    this.threads = threads;
  }

  /** Opens a connection to the engine. */
  interface Dial {
    HttpConnection open() throws NodeException;
  }

  /** An answer read to its end. */
  record Reply(int status, JsonNode json, String text) {
    boolean ok() {
      return status < 300 || status == 304;
    }

    /** The engine's own words. */
    String problem() {
      String message = json.path("message").asText(text);
      return NodeException.oneLine(message.isBlank() ? "HTTP status " + status : message);
    }

    /** Itself, when it is no error. */
    Reply orThrow(String what) throws NodeException {
      if (ok()) {
        return this;
      }
      throw new NodeException(NodeFailure.Kind.ENGINE, what + ": " + problem());
    }
  }

  /** Finds out the version that both sides speak. */
  void negotiate() throws NodeException, IOException {
    JsonNode version = call("GET", "/version", null).orThrow("asking its version").json;
    String engine = version.path("ApiVersion").asText();
    if (!VERSION.matcher(engine).matches()) {
      throw new GarbledException("the engine tells no API version");
    }
    if (compare(engine, OLDEST) < 0) {
      throw new NodeException(
          NodeFailure.Kind.ENGINE,
          "the engine speaks API "
              + engine
              + ", "
              + OLDEST
              + " is needed (Docker 20.10);"
              + " upgrade it, or use `engine: cli`");
    }
    String best = compare(engine, NEWEST) < 0 ? engine : NEWEST;
    String least = version.path("MinAPIVersion").asText();
    boolean newer = VERSION.matcher(least).matches() && compare(best, least) < 0;
    prefix = "/v" + (newer ? least : best);
    refill();
  }

  String version() {
    return prefix.replace("/v", "");
  }

  private static int compare(String a, String b) {
    String[] left = a.split("\\.");
    String[] right = b.split("\\.");
    int major = Integer.compare(Integer.parseInt(left[0]), Integer.parseInt(right[0]));
    return major != 0
        ? major
        : Integer.compare(Integer.parseInt(left[1]), Integer.parseInt(right[1]));
  }

  /**
   * One call, its answer read to the end. A reading one is repeated when a kept connection died.
   */
  Reply call(String method, String path, JsonNode body) throws NodeException, IOException {
    HttpConnection connection = connection();
    try {
      return callOn(connection, method, path, body);
    } catch (EOFException e) {
      boolean again = method.equals("GET") || method.equals("DELETE");
      if (!again || Deadline.current().isOver()) {
        throw e;
      }
      return callOn(dial.open(), method, path, body);
    }
  }

  private Reply callOn(HttpConnection connection, String method, String path, JsonNode body)
      throws IOException {
    try {
      connection.send(method, prefix + path, bytes(body), false);
      long limit = method.equals("POST") ? WORK_LIMIT_NANOS : CALL_LIMIT_NANOS;
      connection.within(LIMITS_OF_ANSWER * limit);
      return finish(connection, connection.answer(limit));
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  /** Reads an answer to its end and keeps the connection. */
  Reply finish(HttpConnection connection, HttpConnection.Answer answer) throws IOException {
    String text = answer.text();
    keep(connection);
    return new Reply(answer.status(), json(text), text);
  }

  /** Sends a request whose answer is read by the caller, who then keeps or closes it. */
  HttpConnection begin(String method, String path, JsonNode body, boolean upgrade)
      throws NodeException, IOException {
    HttpConnection connection = connection();
    try {
      connection.send(method, prefix + path, bytes(body), upgrade);
      return connection;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  /** A request with a long body; an engine that refuses it may answer before it has it all. */
  Reply upload(String path, InputStream body) throws NodeException, IOException {
    HttpConnection connection = dial.open(); // a kept one may be dead, and the body comes but once
    IOException broke = null;
    try {
      try {
        OutputStream out = connection.sendChunked("POST", prefix + path);
        Upload.copy(body, out, WORK_LIMIT_NANOS, threads);
      } catch (IOException e) {
        broke = e;
      }
      long limit = broke == null ? ImagePulls.SILENCE_LIMIT_NANOS : REFUSAL_LIMIT_NANOS;
      connection.within(LIMITS_OF_ANSWER * limit);
      Reply reply = finish(connection, connection.answer(limit));
      if (broke != null && reply.ok()) {
        throw broke;
      }
      return reply;
    } catch (IOException e) {
      Deadline.letGo(connection::close); // what takes no bytes may take no end either
      throw broke == null ? e : broke;
    }
  }

  /** A kept connection, or a new one. */
  private HttpConnection connection() throws NodeException {
    synchronized (idle) {
      while (!idle.isEmpty()) {
        HttpConnection connection = idle.pop();
        if (connection.isReusable()) {
          return connection;
        }
        connection.close();
      }
    }
    return dial.open();
  }

  void keep(HttpConnection connection) {
    if (connection.isReusable()) {
      connection.outlives();
      synchronized (idle) {
        idle.push(connection);
      }
    } else {
      connection.close();
    }
  }

  /** Opens connections for the next calls; called when the current one is over. */
  void refill() {
    synchronized (idle) {
      if (idle.size() >= KEPT) {
        return;
      }
    }
    threads.execute(
        () -> {
          try {
            for (int i = 0; i < KEPT; i++) {
              synchronized (idle) {
                if (idle.size() >= KEPT) {
                  return;
                }
              }
              keep(dial.open());
            }
          } catch (NodeException e) {
            return; // the next call meets the same trouble and reports it
          }
        });
  }

  /** The id of something just made; it becomes a part of paths. */
  static String id(JsonNode made) throws GarbledException {
    String id = made.path("Id").asText();
    if (!ID.matcher(id).matches()) {
      throw new GarbledException("the engine made something and tells no id of it");
    }
    return id;
  }

  static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] bytes(JsonNode body) throws IOException {
    return body == null ? null : JSON.writeValueAsBytes(body);
  }

  /** Missing where it is no JSON, or nested beyond reason (Jackson's own limit, 1000). */
  static JsonNode json(String text) {
    try {
      JsonNode tree = text.isBlank() ? null : JSON.readTree(text);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
