package io.github.faasbench.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A real Chromium without any network (a network namespace of its own), driven by the DevTools
 * protocol over a pipe. Needs {@code chromium} and {@code unshare} (root).
 */
final class HeadlessBrowser implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path log;
  private final Process process;
  private final InputStream answers;
  private final List<String> complaints = new ArrayList<>();
  private final Set<String> requests = new TreeSet<>();
  private String session = "";
  private int sent;

  HeadlessBrowser(Path folder) throws IOException {
    log = folder.resolve("chromium.log");
    String chromium =
        "exec unshare -n chromium --headless --no-sandbox --disable-gpu --no-first-run"
            + " --disable-background-networking --disable-component-update --disable-sync"
            + " --hide-scrollbars --remote-debugging-pipe --user-data-dir=\"$0\""
            + " 3<&0 4>&1 1>&2";
    String profile = Files.createTempDirectory(folder, "profile").toString();
    process = new ProcessBuilder("sh", "-c", chromium, profile).redirectError(log.toFile()).start();
    answers = new BufferedInputStream(process.getInputStream());
    String target =
        call("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    session =
        call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Opens the file and draws all its figures, by scrolling to each. */
  void open(Path file, int width, int height, String scheme) throws IOException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    call("Page.navigate", Map.of("url", file.toUri().toString()));
    evaluate(
        """
        (async () => {
          const wait = () => new Promise(done => setTimeout(done, 50));
          while (document.readyState !== 'complete') { await wait(); }
          for (const plot of document.querySelectorAll('.plot')) {
            plot.scrollIntoView();
            for (let i = 0; i < 600 && !plot.querySelector('.main-svg') && !plot.textContent; i++) {
              await wait();
            }
          }
          scrollTo(0, 0);
          await wait();
        })()
        """);
  }

  /** The value of an expression, its promise kept. */
  JsonNode evaluate(String expression) throws IOException {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    assertThat(answer.path("exceptionDetails").toString()).isEmpty();
    return answer.path("result").path("value");
  }

  /** The value of an expression that is a list of texts. */
  List<String> texts(String expression) throws IOException {
    List<String> texts = new ArrayList<>();
    evaluate(expression).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** The whole page as a picture. */
  void screenshot(Path png) throws IOException {
    JsonNode picture =
        call("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "format", "png"));
    Files.createDirectories(png.getParent());
    Files.write(png, Base64.getDecoder().decode(picture.get("data").asText()));
  }

  /** Errors and warnings that the page, or the browser about the page, wrote to the console. */
  List<String> complaints() {
    return complaints;
  }

  /** What was asked for besides files, and pictures in the page itself. */
  Set<String> requests() {
    return requests;
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws IOException {
    ObjectNode message = JSON.createObjectNode().put("id", ++sent).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    process.getOutputStream().write((message + "\0").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    while (true) {
      JsonNode answer = next();
      if (answer.path("id").asInt() == sent) {
        assertThat(answer.path("error").toString()).as(method).isEmpty();
        return answer.get("result");
      }
      note(answer);
    }
  }

  private JsonNode next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = answers.read(); b != 0; b = answers.read()) {
      assertThat(b)
          .as("unshare and chromium (apt-get install chromium), as root: " + Files.readString(log))
          .isGreaterThanOrEqualTo(0);
      bytes.write(b);
    }
    return JSON.readTree(bytes.toByteArray());
  }

  private void note(JsonNode event) {
    JsonNode what = event.path("params");
    switch (event.path("method").asText()) {
      case "Runtime.exceptionThrown" -> complaints.add(what.path("exceptionDetails").toString());
      case "Runtime.consoleAPICalled" -> {
        if (Set.of("error", "warning").contains(what.path("type").asText())) {
          complaints.add(what.path("args").toString());
        }
      }
      case "Log.entryAdded" -> complaints.add(what.path("entry").path("text").asText());
      case "Network.requestWillBeSent" -> {
        String url = what.path("request").path("url").asText();
        if (!url.startsWith("file:") && !url.startsWith("data:") && !url.startsWith("blob:")) {
          requests.add(url);
        }
      }
      default -> {}
    }
  }

  @Override
  public void close() throws IOException {
    session = "";
    call("Browser.close", Map.of());
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
