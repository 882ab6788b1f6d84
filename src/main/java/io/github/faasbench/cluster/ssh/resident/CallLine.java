package io.github.faasbench.cluster.ssh.resident;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the lines that a resident process reads (docs/resident.md). What is the same in all of
 * them is made once.
 */
final class CallLine {
  /** Of one line, its end counted. */
  static final int MOST_BYTES = 64 << 10;

  private static final byte[] ID = "{\"id\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DEADLINE = ",\"deadline_ms\":".getBytes(StandardCharsets.US_ASCII);
  private static final int NUMBER_BYTES = 20;

  private final byte[] line;
  private final byte[] args;
  private int length;

  /**
   * @throws IOException when the arguments make the line too long
   */
  CallLine(List<String> args) throws IOException {
    String json = ",\"args\":" + new ObjectMapper().writeValueAsString(args);
    this.args = json.getBytes(StandardCharsets.UTF_8);
    int most = ID.length + this.args.length + DEADLINE.length + 2 * NUMBER_BYTES + 2;
    if (most > MOST_BYTES) {
      throw new IOException(
          "the function's args make a line of " + most + " bytes; it may have " + MOST_BYTES);
    }
    line = new byte[most];
    System.arraycopy(ID, 0, line, 0, ID.length);
  }

  /**
   * Makes a call's line.
   *
   * @param leftMillis what the call still has of its time; -1: it has no limit
   */
  void make(long id, long leftMillis) {
    length = ID.length;
    number(id);
    add(args);
    if (leftMillis >= 0) {
      add(DEADLINE);
      number(leftMillis);
    }
    line[length++] = '}';
    line[length++] = '\n';
  }

  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  private void add(byte[] bytes) {
    System.arraycopy(bytes, 0, line, length, bytes.length);
    length += bytes.length;
  }

  private void number(long value) {
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      line[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }
}
