package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.NodeFailure;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Takes the marker lines of {@link CliScript} from a channel as they arrive, and stamps the arrival
 * of the function's end. Lines without the random word (an rc file's chatter) are left out.
 */
final class CliMarkers extends OutputStream {
  private static final int MOST_LINE_BYTES = 64 << 10;
  private static final int MOST_BYTES = 1 << 20;

  private final String start;
  private final LongSupplier clock;
  private final Runnable whenPulled;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Map<String, List<String>> told = new HashMap<>();
  private long endedAtNanos = -1;
  private int left = MOST_BYTES;

  CliMarkers(String nonce, LongSupplier clock, Runnable whenPulled) {
    this.start = nonce + " ";
    this.clock = clock;
    this.whenPulled = whenPulled;
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      take(line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else if (line.size() < MOST_LINE_BYTES) {
      line.write(b);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      write(bytes[i]);
    }
  }

  private void take(String text) {
    left -= text.startsWith(start) ? text.length() : 0;
    if (!text.startsWith(start) || left < 0) {
      return;
    }
    String[] parts = text.substring(start.length()).split(" ", 2);
    if (parts[0].equals("end") && endedAtNanos < 0) {
      endedAtNanos = clock.getAsLong();
    }
    if (parts[0].equals("pulled")) {
      whenPulled.run();
    }
    told.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(parts.length == 2 ? parts[1] : "");
  }

  synchronized long endedAtNanos() {
    return endedAtNanos;
  }

  /** All lines under this word. */
  synchronized List<String> lines(String word) {
    return List.copyOf(told.getOrDefault(word, List.of()));
  }

  /** The fields of the line under this word; empty when it did not come. */
  synchronized String[] fields(String word) {
    List<String> lines = told.getOrDefault(word, List.of());
    return lines.isEmpty() ? new String[0] : lines.get(0).strip().split("\\s+");
  }

  /** The lines under this word as one; null when there are none. */
  synchronized String text(String word) {
    return told.containsKey(word) ? String.join("\n", told.get(word)) : null;
  }

  /** From one stamp to the other. */
  static long span(String from, String to) throws NodeException {
    return number(to) - number(from);
  }

  /** A field that is a number: an exit code, or nanoseconds since 1970. */
  static long number(String field) throws NodeException {
    if (!field.matches("\\d{1,19}") || field.length() == 19 && field.charAt(0) == '9') {
      throw new NodeException(
          NodeFailure.Kind.GARBLED,
          "the node's shell told '" + NodeException.shown(field, 40) + "' instead of a number",
          true);
    }
    return Long.parseLong(field);
  }
}
