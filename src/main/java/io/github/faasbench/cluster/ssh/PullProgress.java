package io.github.faasbench.cluster.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.faasbench.cluster.PullResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a pull says of its layers. Bytes are the sizes that the engine states while it
 * downloads or unpacks a layer; a layer that was fetched without any stated size makes the sum
 * unmeasured.
 */
final class PullProgress {
  private static final int MOST_LAYERS = 10_000; // engines take 127

  private final Set<String> present = new HashSet<>();
  private final Set<String> fetched = new HashSet<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private String error;

  /**
   * What the whole stream of {@code POST /images/create} or {@code /images/load} says, a JSON
   * object a line.
   *
   * @param heard told of each line
   * @throws GarbledException when it is something else
   */
  static PullProgress of(InputStream stream, Runnable heard) throws IOException {
    PullProgress progress = new PullProgress();
    BoundedLines lines = new BoundedLines(stream);
    for (String line = lines.next(); line != null; line = lines.next()) {
      JsonNode json = EngineApi.json(line);
      if (!json.isObject() && !line.isBlank()) {
        throw new GarbledException("a pull's progress that is no JSON object");
      }
      progress.take(json);
      heard.run();
    }
    return progress;
  }

  /** One line of the progress. */
  void take(JsonNode line) throws GarbledException {
    if (line.has("error")) {
      error = line.path("errorDetail").path("message").asText(line.path("error").asText());
      return;
    }
    if (sizes.size() + present.size() + fetched.size() > MOST_LAYERS) {
      throw new GarbledException("an image of more than " + MOST_LAYERS + " layers");
    }
    String layer = line.path("id").asText();
    long total = line.path("progressDetail").path("total").asLong(0);
    if (total > 0) {
      sizes.merge(layer, total, Math::max);
    }
    status(layer, line.path("status").asText());
  }

  /** One line of the text that {@code docker pull} prints: {@code 6e771e15690e: Pull complete}. */
  void take(String line) {
    int colon = line.indexOf(": ");
    if (colon > 0 && line.substring(0, colon).matches("[0-9a-f]{12}")) {
      status(line.substring(0, colon), line.substring(colon + 2).strip());
    }
  }

  private void status(String layer, String status) {
    switch (status) {
      case "Already exists" -> present.add(layer);
      case "Pull complete" -> fetched.add(layer);
      default -> {
        // downloading, verifying, unpacking: only the sizes matter
      }
    }
  }

  /** Why it failed; null when it did not. */
  String error() {
    return error;
  }

  PullResult result(boolean measuresBytes) {
    long bytes = 0;
    for (String layer : fetched) {
      Long size = sizes.get(layer);
      bytes = bytes < 0 || size == null ? -1 : bytes + size;
    }
    int layers = present.size() + fetched.size();
    // An image that is all there already is reported by its digest alone, without layers.
    return new PullResult(
        measuresBytes || fetched.isEmpty() ? bytes : -1,
        layers == 0 ? -1 : present.size(),
        layers == 0 ? -1 : layers,
        false);
  }
}
