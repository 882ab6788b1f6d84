package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A node's pulls under way: one image is fetched once, and who asks meanwhile joins and says so. A
 * pull belongs to nobody: it is given up when the time of all who wait for it is over.
 */
final class ImagePulls {
  /** A pull may take long, but not be silent for longer than this. */
  static final long SILENCE_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);

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
  private final Executor threads;
  private final Map<String, UnderWay> underWay = new HashMap<>();

  ImagePulls(Fetch fetch, Executor threads) {
    this.fetch = fetch;
    this.threads = threads;
  }

  /** Fetches an image. */
  interface Fetch {
    PullResult fetch(String image) throws NodeException, IOException;
  }

  /** A pull, and how many wait for it. */
  private static final class UnderWay {
    private final CompletableFuture<PullResult> result = new CompletableFuture<>();
    private final Deadline deadline = new Deadline(() -> {}).within(WHOLE_LIMIT_NANOS);
    private int waiting;
  }

  PullResult pull(String image) throws NodeException, IOException {
    Deadline.current().asks("the pull of " + image);
    UnderWay pull;
    boolean shared;
    synchronized (underWay) {
      pull = underWay.computeIfAbsent(image, key -> new UnderWay());
      shared = pull.waiting++ > 0;
    }
    try {
      if (!shared) {
        threads.execute(pull.deadline.carrying(() -> carryOut(image, pull)));
      }
      PullResult result = value(pull.result);
      return new PullResult(result.pulledBytes(), result.layersPresent(), result.layers(), shared);
    } finally {
      synchronized (underWay) {
        if (--pull.waiting == 0) {
          underWay.remove(image, pull);
          pull.deadline.end();
        }
      }
    }
  }

  /** How many wait for an image now. */
  int waiting(String image) {
    synchronized (underWay) {
      return underWay.containsKey(image) ? underWay.get(image).waiting : 0;
    }
  }

  private void carryOut(String image, UnderWay pull) {
    try {
      pull.result.complete(fetch.fetch(image));
    } catch (Throwable t) {
      pull.result.completeExceptionally(t);
    } finally {
      pull.deadline.answered();
      synchronized (underWay) {
        underWay.remove(image, pull);
      }
    }
  }

  private static PullResult value(CompletableFuture<PullResult> future)
      throws NodeException, IOException {
    try {
      return Deadline.current().await(future);
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
