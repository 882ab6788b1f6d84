package io.github.faasbench.provision;

import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registry on this machine, asked by its HTTP API (distribution specification, v2). */
final class Registry {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long PAUSE_MILLIS = 200;
  private static final int MOST_MANIFESTS = 16;
  private static final Pattern CONFIG =
      Pattern.compile("\"config\"\\s*:\\s*\\{[^}]*\"digest\"\\s*:\\s*\"(sha256:[0-9a-f]{64})\"");
  private static final Pattern DIGEST =
      Pattern.compile("\"digest\"\\s*:\\s*\"(sha256:[0-9a-f]+)\"");
  private static final String MANIFESTS =
      String.join(
          ",",
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.oci.image.index.v1+json");

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(LIMIT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  /** Whether the registry has the image, with this text in its configuration. */
  boolean has(ImageName image, String text) throws ProvisionException, InterruptedException {
    var open = new ArrayDeque<String>();
    open.add(image.tag());
    for (int asked = 0; asked < MOST_MANIFESTS && !open.isEmpty(); asked++) {
      Optional<String> manifest = get(image, "manifests/" + open.remove());
      if (manifest.isEmpty()) {
        continue;
      }
      Matcher config = CONFIG.matcher(manifest.get());
      if (config.find()) {
        Optional<String> blob = get(image, "blobs/" + config.group(1));
        if (blob.isPresent() && blob.get().contains(text)) {
          return true;
        }
      } else {
        DIGEST.matcher(manifest.get()).results().map(found -> found.group(1)).forEach(open::add);
      }
    }
    return false;
  }

  private Optional<String> get(ImageName image, String what)
      throws ProvisionException, InterruptedException {
    var address = URI.create("http://" + image.registry() + "/v2/" + image.path() + "/" + what);
    var request =
        HttpRequest.newBuilder(address).timeout(LIMIT).header("Accept", MANIFESTS).build();
    HttpResponse<String> response = send(request, image);
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    if (response.statusCode() != 200) {
      throw ProvisionException.unreachable(
          address + " answers with status " + response.statusCode() + ": is it a registry?");
    }
    return Optional.of(response.body());
  }

  /** A registry whose container has just started may need a moment. */
  private HttpResponse<String> send(HttpRequest request, ImageName image)
      throws ProvisionException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw ProvisionException.unreachable(
              "the registry "
                  + image.registry()
                  + " of image "
                  + image
                  + " does not answer ("
                  + FileErrors.of(e)
                  + "): bring it up by `./faasbench nodes up`, or correct the image's name");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
