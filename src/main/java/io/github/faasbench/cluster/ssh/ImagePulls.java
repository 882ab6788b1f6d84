package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A node's pulls under way: one image is fetched once, and who asks meanwhile joins and says so.
 */
final class ImagePulls {
  /** A pull may take long, but not be silent for longer than this. */
  static final long SILENCE_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(15);

  /** Nor may it go on for ever; a call's own timeout ends it sooner. */
  static final long WHOLE_LIMIT_NANOS = TimeUnit.HOURS.toNanos(6);

  /**
   * How Docker's and Podman's engines (Go's network library) say that they got no answer, be it
   * from the registry or from the name server.
   */
  private static final Pattern SILENT =
      Pattern.compile(
          "dial tcp|no such host|Client\\.Timeout|i/o timeout|TLS handshake timeout"
              + "|context deadline exceeded|/v2/\"?: EOF");

  private final Fetch fetch;
  private final Map<String, CompletableFuture<PullResult>> underWay = new HashMap<>();

  ImagePulls(Fetch fetch) {
    this.fetch = fetch;
  }

  /** Fetches an image. */
  interface Fetch {
    PullResult fetch(String image) throws NodeException, IOException;
  }

  PullResult pull(String image) throws NodeException, IOException {
    CompletableFuture<PullResult> mine = new CompletableFuture<>();
    CompletableFuture<PullResult> other;
    synchronized (underWay) {
      other = underWay.putIfAbsent(image, mine);
    }
    if (other != null) {
      return join(image, other);
    }
    try {
      mine.complete(fetch.fetch(image));
    } catch (Throwable t) {
      mine.completeExceptionally(t);
    } finally {
      synchronized (underWay) {
        underWay.remove(image);
      }
    }
    return value(mine);
  }

  private static PullResult join(String image, CompletableFuture<PullResult> other)
      throws NodeException, IOException {
    PullResult result = value(other);
    return new PullResult(result.pulledBytes(), result.layersPresent(), result.layers(), true);
  }

  private static PullResult value(CompletableFuture<PullResult> future)
      throws NodeException, IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NodeException node) {
        throw node;
      }
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  /** Whether an engine says that neither call nor image tells what is to be run. */
  static boolean hasNoCommand(String refused) {
    return refused.contains("no command");
  }

  static NodeException noCommand(String image) {
    return new NodeException(
        NodeFailure.Kind.IMAGE,
        "image " + image + " has no command of its own; write `command` for the function");
  }

  static NodeException notToBeHad(String image, String why) {
    if (SILENT.matcher(why).find()) {
      return new NodeException(
          NodeFailure.Kind.REGISTRY,
          "image "
              + image
              + " is not to be had: its registry does not answer the node ("
              + why
              + ")");
    }
    return new NodeException(
        NodeFailure.Kind.IMAGE,
        "image "
            + image
            + " is not to be had ("
            + why
            + "); check its name, that it was pushed,"
            + " and that the node reaches the registry");
  }
}
