package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.ssh.session.ByteInbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A Docker engine that says what a test tells it, over connections that are only memory. */
final class FakeEngine {
  private final Map<String, Queue<Answer>> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<ByteInbox> wires = new ArrayList<>();
  private ByteInbox events;
  private boolean refusesUploads;
  private boolean ignoresLines;
  private Answer otherwise;

  /** What goes back over the connection of a request. */
  interface Answer {
    void over(ByteInbox wire) throws IOException;
  }

  FakeEngine() {
    on("GET /version", json(200, "{'ApiVersion':'1.41'}"));
    on("GET /v1.41/events", wire -> (events = wire).write(head("200 OK")));
  }

  static Answer json(int status, String body) {
    String text = body.replace('\'', '"');
    String length = "Content-Length: " + text.length() + "\r\n\r\n";
    return wire -> wire.write(bytes("HTTP/1.1 " + status + " so\r\n" + length + text));
  }

  /** A hijacked stream that ends at once. */
  static Answer streamThatEnds() {
    return wire -> {
      wire.write(head("101 UPGRADED"));
      wire.close();
    };
  }

  /** The answers to the requests that begin so, one after the other; the last one stays. */
  synchronized void on(String request, Answer... inTurn) {
    answers.put(request, new ArrayDeque<>(List.of(inTurn)));
  }

  /** The answer to all other requests. */
  synchronized void otherwise(Answer answer) {
    otherwise = answer;
  }

  /** Tells an event, on the stream that the client keeps open. */
  synchronized void event(String json) throws IOException {
    events.write(bytes(json.replace('\'', '"') + "\n"));
  }

  /** Ends the stream of events that the client keeps open. */
  void closeEvents() throws IOException {
    events.close();
  }

  /** Takes what is sent on a hijacked stream, and says nothing. */
  void linesAreNoRequests() {
    ignoresLines = true;
  }

  /** Answers a request with a long body after its first bytes, and takes no more of it. */
  void refuseUploads() {
    refusesUploads = true;
  }

  /** The last request that begins so, head and body as they were sent. */
  synchronized String last(String request) {
    return asked.stream()
        .filter(text -> text.startsWith(request))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  /** Whether the connection of each request that begins so was closed. */
  synchronized boolean closed(String request) {
    return java.util.stream.IntStream.range(0, asked.size())
        .filter(i -> asked.get(i).startsWith(request))
        .allMatch(i -> wires.get(i).isClosed());
  }

  synchronized long timesAsked(String request) {
    return asked.stream().filter(line -> line.startsWith(request)).count();
  }

  HttpConnection open() {
    ByteInbox wire = new ByteInbox();
    ByteArrayOutputStream request =
        new ByteArrayOutputStream() {
          @Override
          public void flush() throws IOException {
            String text = toString(StandardCharsets.ISO_8859_1);
            boolean upload = text.contains("Transfer-Encoding: chunked");
            if (upload && refusesUploads && !wire.isEmpty()) {
              throw new IOException("channel is broken");
            }
            boolean ignored = ignoresLines && !text.contains(" HTTP/1.1\r\n");
            if (!ignored && (!upload || refusesUploads || text.endsWith("\r\n0\r\n\r\n"))) {
              answer(text, wire);
            }
            if (!upload || text.endsWith("\r\n0\r\n\r\n")) {
              reset();
            }
          }
        };
    return new HttpConnection(wire, request, () -> close(wire));
  }

  private static void close(ByteInbox wire) {
    try {
      wire.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void answer(String request, ByteInbox wire) throws IOException {
    String line = request.lines().findFirst().orElseThrow();
    asked.add(request);
    wires.add(wire);
    for (Map.Entry<String, Queue<Answer>> known : answers.entrySet()) {
      if (line.startsWith(known.getKey())) {
        Queue<Answer> left = known.getValue();
        (left.size() > 1 ? left.remove() : left.element()).over(wire);
        return;
      }
    }
    if (otherwise != null) {
      otherwise.over(wire);
      return;
    }
    throw new AssertionError("the fake engine is not told what to answer to " + line);
  }

  private static byte[] head(String status) {
    return bytes("HTTP/1.1 " + status + "\r\n\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
