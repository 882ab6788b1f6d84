package io.github.faasbench.cluster.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A request's body without a known length: each array of bytes is a chunk, the close its end. */
final class ChunkedOutput extends OutputStream {
  private final OutputStream out;

  ChunkedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (length > 0) { // an empty chunk is the end
      out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.write(bytes, from, length);
      out.write(new byte[] {'\r', '\n'});
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
