package io.github.faasbench.cli;

import io.github.faasbench.cluster.ssh.ImageSource;
import io.github.faasbench.provision.Images;
import io.github.faasbench.provision.ProvisionException;
import io.github.faasbench.provision.StateFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * This machine's images, for nodes that reach no registry. An image that is not here is pulled, and
 * removed again at the end.
 */
final class SentImages implements ImageSource, AutoCloseable {

  private final Images images;
  private final StateFile state;
  private final Consumer<String> progress;
  private final Set<String> fetched = new TreeSet<>();

  SentImages(Images images, StateFile state, Consumer<String> progress) {
    this.progress = progress;
    this.images = images;
    this.state = state;
  }

  @Override
  public synchronized InputStream open(String image) throws IOException {
    try {
      if (!images.isHere(image)) {
        state.made(image);
        fetched.add(image);
        images.fetch(image);
      }
      return images.save(image);
    } catch (ProvisionException e) {
      throw new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Removes what was pulled; what can't be removed stays written down for {@code clean --all}. */
  @Override
  public synchronized void close() throws IOException {
    for (String image : fetched) {
      try {
        images.remove(image, line -> {});
        state.unmade(image);
      } catch (ProvisionException e) {
        progress.accept(image + " stays on this machine, for `clean --all`: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
