package io.github.faasbench.cluster.ssh;

import java.io.IOException;
import java.io.InputStream;

/** Where nodes get an image from whose registry does not answer them. */
public interface ImageSource {

  /**
   * The image as {@code docker save} writes it, streamed.
   *
   * @throws IOException when there is none, then or while it is read; the message is for the user
   */
  InputStream open(String image) throws IOException;
}
