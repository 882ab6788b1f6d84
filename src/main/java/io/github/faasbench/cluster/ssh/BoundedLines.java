package io.github.faasbench.cluster.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Lines of a stream that an engine keeps open, none of which may fill the memory. */
final class BoundedLines {
  private static final int MOST_BYTES = 1 << 20;

  private final InputStream stream;
  private final byte[] buffer = new byte[8 << 10];
  private int at;
  private int end;

  BoundedLines(InputStream stream) {
    this.stream = stream;
  }

  /**
   * The next line; null at the end.
   *
   * @throws GarbledException when it is longer than a mebibyte
   */
  String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(0, stream.read(buffer, 0, buffer.length));
        if (end == 0) {
          return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
        }
      }
      byte b = buffer[at++];
      if (b == '\n') {
        return line.toString(StandardCharsets.UTF_8);
      }
      if (line.size() == MOST_BYTES) {
        throw new GarbledException("a line of more than " + (MOST_BYTES >> 20) + " MiB");
      }
      line.write(b);
    }
  }
}
