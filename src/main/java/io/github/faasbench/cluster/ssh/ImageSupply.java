package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Brings images to one node before a load: by a pull, or over SSH where that can't be. */
final class ImageSupply {
  /** No image has it, so asking a registry for it fetches nothing. */
  private static final String NO_DIGEST = "@sha256:" + "0".repeat(64);

  private final String node;
  private final Engine engine;
  private ImageSource source =
      image -> {
        throw new IOException("there is none to be sent");
      };
  private Consumer<String> note = line -> {};

  ImageSupply(String node, Engine engine) {
    this.node = node;
    this.engine = engine;
  }

  /** From where, and whom to tell; before anything is asked. */
  void from(ImageSource images, Consumer<String> notes) {
    source = images;
    note = notes;
  }

  PullResult provide(String image) throws NodeException, IOException {
    try {
      return engine.pull(image);
    } catch (NodeException e) {
      if (e.kind() != NodeFailure.Kind.REGISTRY) {
        throw e;
      }
      if (!engine.inventory().hasImage(image)) {
        send(image, e.getMessage());
      }
      return new PullResult(-1, -1, -1, false);
    }
  }

  private void send(String image, String why) throws NodeException, IOException {
    note.accept(node + ": " + why + "; it is sent over SSH instead");
    try (InputStream archive = source.open(image)) {
      engine.load(archive);
    } catch (IOException e) {
      throw new NodeException(
          NodeFailure.Kind.REGISTRY, why + ", and it can't be sent over SSH: " + FileErrors.of(e));
    }
    if (!engine.inventory().hasImage(image)) {
      throw new NodeException(
          NodeFailure.Kind.IMAGE,
          "image " + image + " was sent over SSH without its name; name it by a tag, not a digest");
    }
  }

  /** Those images whose registry does not answer the node, each with the engine's words. */
  Map<String, String> unreachable(Set<String> images) throws NodeException, IOException {
    Map<String, String> silent = new LinkedHashMap<>();
    for (String image : images) {
      try {
        engine.pull(repository(image) + NO_DIGEST);
      } catch (NodeException e) {
        if (e.kind() == NodeFailure.Kind.REGISTRY) {
          silent.put(image, e.getMessage().replace(repository(image) + NO_DIGEST, image));
        } else if (e.kind() != NodeFailure.Kind.IMAGE) {
          throw e;
        }
      }
    }
    return silent;
  }

  private static String repository(String image) {
    String name = image.replaceFirst("@.*", "");
    return name.substring(0, name.lastIndexOf('/') + 1)
        + name.substring(name.lastIndexOf('/') + 1).replaceFirst(":.*", "");
  }
}
