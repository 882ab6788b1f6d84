package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.faasbench.Hostile;
import io.github.faasbench.cluster.RunRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that answers with whatever it likes: every operation ends, with a value or a word. */
@Timeout(300)
class HostileEngineTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String V = "/v1.41";

  private static final RunRequest REQUEST =
      new RunRequest("c", "image", List.of("f"), Map.of(), "bridge", true, RunRequest.Demand.NONE);

  /** What a sane engine says. */
  private static final Map<String, String> SANE = new LinkedHashMap<>();

  static {
    SANE.put("POST " + V + "/images/create", "{'status':'Pull complete','id':'aa'}");
    SANE.put("POST " + V + "/containers/create", "{'Id':'c1','Warnings':[]}");
    SANE.put("POST " + V + "/containers/c1/wait", "{'StatusCode':0}");
    SANE.put("POST " + V + "/containers/c1/start", "{}");
    SANE.put(
        "GET " + V + "/containers/c1/json",
        "{'Created':'2026-11-24T05:40:06.1Z','State':{'StartedAt':'2026-11-24T05:40:06.2Z',"
            + "'FinishedAt':'2026-11-24T05:40:06.3Z','ExitCode':0}}");
    SANE.put("DELETE " + V + "/containers", "{}");
    SANE.put("DELETE " + V + "/images", "[]");
    SANE.put("POST " + V + "/containers/c/exec", "{'Id':'e1'}");
    SANE.put("GET " + V + "/exec/e1/json", "{'Running':false,'ExitCode':0}");
    SANE.put("GET " + V + "/images/json", "[{'Id':'i','RepoTags':['a:b'],'RepoDigests':['a@b']}]");
    SANE.put(
        "GET " + V + "/containers/json",
        "[{'Id':'x','Names':['/n'],'Image':'a:b','Labels':{'l':'v'},'State':'running'}]");
    SANE.put("GET " + V + "/info", "{'ID':'i','ServerVersion':'27','NCPU':4,'MemTotal':1}");
    SANE.put("GET " + V + "/_ping", "'OK'");
    SANE.put("POST " + V + "/images/load", "{'stream':'Loaded'}");
  }

  private final ExecutorService threads = DaemonThreads.start();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private interface Operation {
    Object on(ApiEngine engine) throws Exception;
  }

  private static final Map<String, Operation> OPERATIONS =
      Map.of(
          "pull", engine -> engine.pull("image"),
          "run", engine -> engine.run(REQUEST),
          "exec", engine -> engine.exec(REQUEST),
          "wait", engine -> nothing(() -> engine.startWaiting(REQUEST)),
          "rmi", engine -> nothing(() -> engine.removeImage("image")),
          "rm", engine -> nothing(() -> engine.removeContainer("c1")),
          "list", ApiEngine::inventory,
          "facts", ApiEngine::facts,
          "load", engine -> nothing(() -> engine.load(new ByteArrayInputStream(new byte[100]))));

  private interface Step {
    void carryOut() throws Exception;
  }

  private static Object nothing(Step step) throws Exception {
    step.carryOut();
    return "done";
  }

  static FakeEngine sane() {
    FakeEngine fake = new FakeEngine();
    SANE.forEach((request, body) -> fake.on(request, FakeEngine.json(200, body)));
    fake.on("POST " + V + "/containers/c1/attach", FakeEngine.streamThatEnds());
    fake.on(
        "POST " + V + "/exec/e1/start",
        wire -> {
          String actor = "'Actor':{'Attributes':{'execID':'e1','exitCode':'0'}}}";
          fake.event("{'Action':'exec_start: f','timeNano':1," + actor);
          fake.event("{'Action':'exec_die','timeNano':2," + actor);
          FakeEngine.streamThatEnds().over(wire);
        });
    fake.otherwise(FakeEngine.json(404, "{'message':'no such path'}"));
    return fake;
  }

  /** Carries it out; what it throws must be one line that shows nothing but visible characters. */
  private void endsWell(FakeEngine fake, boolean connects, Operation operation) throws Exception {
    ApiEngine engine = new ApiEngine(fake::open, threads, new WallClockLoop());
    try {
      threads
          .submit(
              () -> {
                engine.connect();
                return connects ? "connected" : operation.on(engine);
              })
          .get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOfAny(NodeException.class, IOException.class);
      if (e.getCause() instanceof NodeException) {
        assertThat(e.getCause().getMessage())
            .hasSizeLessThan(3_000)
            .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
      }
    }
  }

  private static byte[] hostileAnswer(Hostile hostile, String sane) throws IOException {
    String quoted = JSON.writeValueAsString(hostile.text());
    int cut = hostile.random().nextInt(sane.length() + 1);
    String body =
        hostile.oneOf(
            sane.replace('\'', '"')
                .replaceFirst(
                    "\"[^\"]*\"([,}\\]])", java.util.regex.Matcher.quoteReplacement(quoted) + "$1"),
            sane.replace('\'', '"')
                .replaceAll(
                    "\\d+",
                    hostile.oneOf("1e999", "-1", "99999999999999999999", "null", "NaN", "[]")),
            sane.replace('\'', '"').substring(0, cut),
            sane.replace('\'', '"') + hostile.text(),
            "[".repeat(hostile.oneOf(10, 999, 1001, 100_000)),
            "{\"a\":".repeat(hostile.oneOf(10, 100_000)),
            "{\"Id\":" + quoted + ",\"message\":" + quoted + ",\"error\":" + quoted + "}",
            hostile.text(),
            "null",
            "7",
            "[[[]],{},null,7]",
            "",
            new String(hostile.bytes(500), StandardCharsets.ISO_8859_1));
    byte[] text = body.getBytes(StandardCharsets.UTF_8);
    String status =
        hostile.oneOf(
            "200 OK", "201 Created", "101 UP", "204 No", "304 N", "404 x", "500 x", "599 x");
    String length =
        hostile.oneOf(
            "Content-Length: " + text.length,
            "Content-Length: " + (text.length + hostile.oneOf(-1, 1, 1_000_000)),
            "Content-Length: 999999999999999",
            "Content-Length: -1",
            "Content-Length: " + text.length + "\r\nContent-Length: 3",
            "Transfer-Encoding: chunked",
            "X: " + hostile.text(),
            "");
    String head = "HTTP/1.1 " + status + "\r\n" + length + (length.isEmpty() ? "\r\n" : "\r\n\r\n");
    if (length.startsWith("Transfer")) {
      head +=
          hostile.oneOf(
                  Integer.toHexString(text.length),
                  "-5",
                  "FFFFFFFFFFFF",
                  "0",
                  "g",
                  "5;" + hostile.text())
              + "\r\n";
    }
    if (hostile.random().nextInt(6) == 0) {
      return hostile.bytes(2_000);
    }
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whateverAnEngineAnswersEveryOperationEndsWithAValueOrAWord() {
    List<String> operations = OPERATIONS.keySet().stream().sorted().toList();
    List<String> requests = List.copyOf(SANE.keySet());
    Hostile.each(
        "answers of an engine",
        1_500,
        hostile -> {
          FakeEngine fake = sane();
          String operation = hostile.oneOf(operations.toArray(String[]::new));
          for (int i = hostile.oneOf(1, 1, 3); i > 0; i--) {
            String request = hostile.oneOf(requests.toArray(String[]::new));
            byte[] answer = hostileAnswer(hostile, SANE.get(request));
            fake.on(
                request,
                wire -> {
                  wire.write(answer);
                  wire.close();
                });
          }
          boolean connects = hostile.random().nextInt(10) == 0;
          if (connects) {
            byte[] answer = hostileAnswer(hostile, "{'ApiVersion':'1.41','MinAPIVersion':'1.24'}");
            fake.on(
                "GET /version",
                wire -> {
                  wire.write(answer);
                  wire.close();
                });
          }
          endsWell(fake, connects, OPERATIONS.get(operation));
        });
  }

  /** Writes that again and again, until nobody reads it any more. */
  private FakeEngine.Answer endless(String head, String again, AtomicLong sent) {
    byte[] block = again.repeat(1 + 60_000 / again.length()).getBytes(StandardCharsets.UTF_8);
    return wire -> {
      wire.write(head.getBytes(StandardCharsets.UTF_8));
      threads.execute(
          () -> {
            try {
              while (sent.get() < 1L << 30 && !wire.isClosed()) {
                wire.write(block);
                sent.addAndGet(block.length);
                do {
                  Thread.sleep(0, 100_000); // as a full buffer of a network would
                } while (!wire.isEmpty() && !wire.isClosed());
              }
            } catch (IOException | InterruptedException e) {
              return;
            }
          });
    };
  }

  private void endsSoon(String request, String head, String again, String operation, String says) {
    AtomicLong sent = new AtomicLong();
    FakeEngine fake = sane();
    fake.on(request, endless(head, again, sent));
    ApiEngine engine = new ApiEngine(fake::open, threads, new WallClockLoop());
    assertThatThrownBy(
            () -> {
              engine.connect();
              OPERATIONS.get(operation).on(engine);
            })
        .hasMessageContaining(says);
    assertThat(sent.get()).isLessThan(512L << 20);
  }

  @Test
  void anAnswerWithoutEndIsGivenUpBeforeItFillsTheMemory() {
    String ok = "HTTP/1.1 200 OK\r\n";
    String body = ok + "Content-Length: 999999999999\r\n\r\n";
    String chunks = ok + "Transfer-Encoding: chunked\r\n\r\n";
    endsSoon("GET " + V + "/info", body, "[", "facts", "16 MiB");
    endsSoon(
        "GET " + V + "/containers/json",
        chunks,
        "1000\r\n" + "[".repeat(4096) + "\r\n",
        "list",
        "16 MiB");
    endsSoon("GET " + V + "/images/json", ok, "X: y\r\n", "list", "header");
    endsSoon("GET " + V + "/images/json", ok + "\r\n", "null,", "list", "16 MiB");
    endsSoon(
        "POST " + V + "/images/create", body, "{\"id\":1,", "pull", "a line of more than 1 MiB");
    endsSoon("POST " + V + "/images/load", body, "{}\n", "load", "16 MiB");
    endsSoon("POST " + V + "/containers/c1/wait", body, "{}", "run", "16 MiB");
    String frames = "HTTP/1.1 101 UP\r\n\r\n";
    endsSoon("POST " + V + "/exec/e1/start", frames, "\t".repeat(8), "exec", "broken frame");
  }

  @Test
  void endlessLayersAreNoImage() {
    StringBuilder layers = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      layers.append("{\"id\":\"").append(i).append("\",\"status\":\"Pull complete\"}\n");
    }
    endsSoon(
        "POST " + V + "/images/create",
        "HTTP/1.1 200 OK\r\n\r\n" + layers,
        "{}\n",
        "pull",
        "more than 10000 layers");
  }

  @Test
  void aPathFromTheEngineCannotEndTheRequest() {
    FakeEngine fake = sane();
    fake.on(
        "POST " + V + "/containers/create",
        FakeEngine.json(201, "{'Id':'x HTTP/1.1\\r\\nHost: y\\r\\n\\r\\nDELETE /images/all'}"));
    ApiEngine engine = new ApiEngine(fake::open, threads, new WallClockLoop());
    assertThatThrownBy(
            () -> {
              engine.connect();
              engine.run(REQUEST);
            })
        .hasMessageContaining("tells no id");
    assertThat(fake.timesAsked("DELETE")).isZero();
  }
}
