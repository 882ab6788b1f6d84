package io.github.faasbench.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So much of a Docker engine that a run with resident functions works: images, containers by name,
 * attached streams on which a pretended process answers each line at once. No process runs.
 */
final class PretendEngine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern REQUEST = Pattern.compile("(\\S+) /(?:v[\\d.]+/)?(\\S*) HTTP/1.1");
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)");

  private final int number;
  private final AtomicInteger made = new AtomicInteger();
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final Map<String, Connection> attached = new ConcurrentHashMap<>();
  private volatile boolean hasImage;
  private volatile boolean silent;
  private volatile Pattern unanswered = Pattern.compile("(?!)");

  PretendEngine(int number) {
    this.number = number;
  }

  /** Sends bytes to whoever is connected. */
  interface Out {
    void send(byte[] bytes) throws IOException;
  }

  /** From now on it takes what is sent and says nothing. */
  void fallSilent() {
    silent = true;
  }

  /** From now on it does not answer requests, or lines, in which that is found. */
  void leaveUnanswered(String regex) {
    unanswered = Pattern.compile(regex);
  }

  Connection connect(Out out) {
    return new Connection(out);
  }

  /** One connection: requests one after the other, or the lines of a process. */
  final class Connection {
    private final Out out;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private boolean hijacked;

    private Connection(Out out) {
      this.out = out;
    }

    synchronized void received(byte[] bytes, int from, int length) throws IOException {
      if (silent) {
        return;
      }
      begun.write(bytes, from, length);
      String text = begun.toString(StandardCharsets.ISO_8859_1);
      int end = hijacked ? text.indexOf('\n') + 1 : endOfRequest(text);
      while (end > 0) {
        String first = text.substring(0, end);
        text = text.substring(end);
        if (hijacked) {
          line(first);
        } else {
          request(first);
        }
        end = hijacked ? text.indexOf('\n') + 1 : endOfRequest(text);
      }
      begun.reset();
      begun.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void line(String line) throws IOException {
      if (unanswered.matcher(line).find()) {
        return;
      }
      long id = JSON.readTree(line).path("id").asLong();
      long micros = System.nanoTime() / 1_000;
      frame(
          "{\"id\":%d,\"exit_code\":0,\"result\":\"Ok\",\"started_us\":%d,\"ended_us\":%d}\n"
              .formatted(id, micros, micros));
    }

    private void frame(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] frame = new byte[8 + bytes.length];
      frame[0] = 1;
      frame[6] = (byte) (bytes.length >> 8);
      frame[7] = (byte) bytes.length;
      System.arraycopy(bytes, 0, frame, 8, bytes.length);
      out.send(frame);
    }

    private void request(String text) throws IOException {
      Matcher head = REQUEST.matcher(text);
      if (!head.lookingAt()) {
        throw new IOException("no request: " + text);
      }
      if (unanswered.matcher(head.group()).find()) {
        return;
      }
      String path = head.group(2).replaceFirst("\\?.*", "");
      String answer = answer(head.group(1), path, head.group(2), text);
      if (answer != null) {
        String status = answer.isEmpty() ? "204 No Content" : "200 OK";
        send("HTTP/1.1 " + status + "\r\nContent-Length: " + answer.length() + "\r\n\r\n" + answer);
      }
    }

    private void send(String text) throws IOException {
      out.send(text.getBytes(StandardCharsets.UTF_8));
    }

    private String answer(String method, String path, String whole, String text)
        throws IOException {
      String id = path.replaceFirst("^containers/", "").replaceFirst("/.*", "");
      if (path.equals("events")) {
        send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        return null;
      } else if (path.endsWith("/attach")) {
        hijacked = true;
        attached.put(id, this);
        send("HTTP/1.1 101 UPGRADED\r\n\r\n");
        return null;
      } else if (path.endsWith("/start")) {
        attached.get(id).frame("{\"resident\":1,\"runtime\":\"pretended\"}\n");
        return "";
      } else if (path.equals("containers/create")) {
        String made = "c" + number + "x" + PretendEngine.this.made.incrementAndGet();
        names.put(made, whole.replaceFirst(".*name=", ""));
        return "{\"Id\":\"" + made + "\"}";
      } else if (method.equals("DELETE")) {
        hasImage &= !path.startsWith("images/");
        names.remove(id);
        names.values().remove(id);
        return "{}";
      }
      return told(path);
    }

    private String told(String path) throws IOException {
      if (path.equals("images/create")) {
        hasImage = true;
        return "{\"status\":\"Status: Image is up to date\"}\n";
      }
      return switch (path) {
        case "version" -> "{\"ApiVersion\":\"1.41\"}";
        case "_ping" -> "OK";
        case "info" ->
            "{\"ID\":\"engine-%d\",\"ServerVersion\":\"20.10.24\",\"NCPU\":1,\"MemTotal\":536870912}"
                .formatted(number);
        case "images/json" ->
            hasImage ? "[{\"Id\":\"sha256:1\",\"RepoTags\":[\"pretended:latest\"]}]" : "[]";
        case "containers/json" -> JSON.writeValueAsString(listed());
        default -> "{\"message\":\"not pretended: " + path + "\"}";
      };
    }
  }

  private JsonNode listed() {
    var list = JSON.createArrayNode();
    names.forEach(
        (id, name) -> {
          var container = list.addObject().put("Id", id).put("State", "running");
          container.putArray("Names").add("/" + name);
          container.putObject("Labels").put("io.github.faasbench", "1");
        });
    return list;
  }

  /** Behind the head and the body that it announces; 0: more is to come. */
  private static int endOfRequest(String text) {
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return 0;
    }
    Matcher length = LENGTH.matcher(text).region(0, head + 2);
    int end = head + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
    return end <= text.length() ? end : 0;
  }
}
