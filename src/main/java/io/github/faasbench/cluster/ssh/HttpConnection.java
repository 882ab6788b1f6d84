package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.ssh.session.ByteInbox;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One HTTP/1.1 connection to a Docker engine, over any pair of byte streams: one request at a time,
 * answers with a length, in chunks or to the connection's end, and hijacked streams. Small because
 * the JDK's client speaks to TCP addresses only.
 */
final class HttpConnection implements Closeable {
  private static final int MOST_HEAD_BYTES = 64 << 10;

  /** Of an answer that is kept whole: a list of 10,000 containers is half of it. */
  static final int MOST_TEXT_BYTES = 16 << 20;

  private final ByteInbox in;
  private final OutputStream out;
  private final Runnable closer;
  private final BooleanSupplier carrierStands;
  private final byte[] buffer = new byte[16 << 10];
  private int at;
  private int end;
  private String question = "";
  private long askedNanos;
  private long limitNanos = Long.MAX_VALUE;
  private long untilNanos = Long.MAX_VALUE;
  private boolean idle = true;

  HttpConnection(ByteInbox in, OutputStream out, Runnable closer) {
    this(in, out, closer, () -> true);
  }

  /**
   * @param carrierStands whether what it goes over has not broken
   */
  HttpConnection(ByteInbox in, OutputStream out, Runnable closer, BooleanSupplier carrierStands) {
    this.in = in;
    this.out = out;
    this.closer = closer;
    this.carrierStands = carrierStands;
  }

  /** An answer's head; the body is read from {@link #body}. */
  record Answer(int status, Map<String, String> headers, InputStream body) {
    String text() throws IOException {
      byte[] bytes = body.readNBytes(MOST_TEXT_BYTES + 1);
      if (bytes.length > MOST_TEXT_BYTES) {
        throw new GarbledException("an answer of more than " + (MOST_TEXT_BYTES >> 20) + " MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Whether another request can be sent on it. */
  boolean isReusable() {
    return idle && !in.isClosed() && at == end && in.isEmpty();
  }

  /** Sends a request; {@code upgrade} asks for the raw stream of attach and exec. */
  void send(String method, String path, byte[] body, boolean upgrade) throws IOException {
    ask(method, path);
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: docker\r\n");
    if (upgrade) {
      head.append("Connection: Upgrade\r\nUpgrade: tcp\r\n");
    }
    if (body != null) {
      head.append("Content-Type: application/json\r\n");
    }
    head.append("Content-Length: ").append(body == null ? 0 : body.length).append("\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    if (body != null) {
      out.write(body);
    }
    out.flush();
  }

  /**
   * Begins a request whose body has no known length.
   *
   * @return takes the body; its close is the body's end
   */
  OutputStream sendChunked(String method, String path) throws IOException {
    ask(method, path);
    String head =
        method
            + ' '
            + path
            + " HTTP/1.1\r\nHost: docker\r\nContent-Type: application/x-tar\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.UTF_8));
    return new ChunkedOutput(out);
  }

  private void ask(String method, String path) throws IOException {
    requireOneWord(path);
    idle = false;
    untilNanos = Long.MAX_VALUE;
    question = method + " " + path.replaceFirst("[?].*", "");
    askedNanos = System.nanoTime();
    Deadline.current().asks(question);
    Deadline.current().hold(this, this::close);
  }

  /** Whether an operation's end is its end too: no more, from here on. */
  void outlives() {
    Deadline.current().giveBack(this);
  }

  /** What stands in a path came from the engine itself, or was encoded: it can't end the line. */
  private static void requireOneWord(String path) throws GarbledException {
    if (!path.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new GarbledException("no path of a request: " + shown(path));
    }
  }

  /**
   * Reads the answer's head.
   *
   * @param limit longest silence, here and while the body is read, in nanoseconds
   * @throws EOFException when the connection ended before the first byte
   * @throws GarbledException when it is no HTTP
   */
  Answer answer(long limit) throws IOException {
    limitNanos = limit;
    Deadline.current().asks(question);
    if (!fill()) {
      throw new EOFException("the engine closed the connection without an answer");
    }
    String first = line();
    String[] words = first.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5]\\d\\d")) {
      throw new GarbledException("no HTTP answer: " + shown(first));
    }
    Map<String, String> headers = new TreeMap<>();
    int size = first.length();
    for (String line = line(); !line.isEmpty(); line = line()) {
      size += line.length();
      int colon = line.indexOf(':');
      if (colon <= 0 || size > MOST_HEAD_BYTES) {
        throw new GarbledException("broken HTTP header: " + shown(line));
      }
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(words[1]);
    return new Answer(status, headers, body(status, headers));
  }

  /** From here on all bytes go to the sink, without the reader's thread. */
  void hijack(OutputStream sink) throws IOException {
    sink.write(buffer, at, end - at);
    at = end;
    in.redirect(sink);
  }

  /** Takes what is to be sent on a hijacked connection. */
  OutputStream output() {
    return out;
  }

  /**
   * Whether what it goes over still stood when its end came: then the far side ended it. To be
   * asked when the end is told, by the same thread.
   */
  boolean carrierStands() {
    return carrierStands.getAsBoolean();
  }

  /** From here on: the longest silence, however long the whole takes. */
  void limit(long nanos) {
    limitNanos = nanos;
    untilNanos = Long.MAX_VALUE;
    Deadline.current().asks(question);
  }

  /** The next answer, head and body, must be there by then, however it trickles. */
  void within(long nanos) {
    untilNanos = System.nanoTime() + nanos;
  }

  @Override
  public void close() {
    idle = false;
    Deadline.current().giveBack(this);
    try {
      in.close(); // wakes who reads; what follows may wait for a connection that is stuck
    } catch (IOException e) {
      // a sink that takes nothing more: all the same
    }
    closer.run();
  }

  private InputStream body(int status, Map<String, String> headers) throws IOException {
    boolean last = "close".equalsIgnoreCase(headers.get("connection"));
    if (status == 101 || status == 204 || status == 304) {
      idle = status != 101 && !last;
      return InputStream.nullInputStream();
    }
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return new Body(-1, true, last);
    }
    String length = headers.get("content-length");
    if (length == null) {
      return new Body(Long.MAX_VALUE, false, true);
    }
    if (!length.matches("\\d{1,15}")) {
      throw new GarbledException("broken Content-Length: " + shown(length));
    }
    long bytes = Long.parseLong(length);
    idle = bytes == 0 && !last;
    return new Body(bytes, false, last);
  }

  /** Gets more bytes when there are none; false at the end. */
  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    at = 0;
    try {
      end = Math.max(0, in.read(buffer, 0, buffer.length, Math.min(limitNanos, left())));
    } catch (SocketTimeoutException e) {
      throw unanswered();
    }
    return end > 0;
  }

  private long left() throws SocketTimeoutException {
    if (untilNanos == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    long left = untilNanos - System.nanoTime();
    if (left <= 0) {
      throw unanswered();
    }
    return left;
  }

  private SocketTimeoutException unanswered() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - askedNanos);
    return new SocketTimeoutException(
        "the engine has not answered " + question + " for " + seconds + " s");
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    while (true) {
      if (!fill()) {
        throw new EOFException("the answer breaks off");
      }
      byte b = buffer[at++];
      if (b == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(b);
      if (line.size() > MOST_HEAD_BYTES) {
        throw new GarbledException("a line without end: " + shown(line.toString()));
      }
    }
  }

  private static String shown(String text) {
    String safe = text.replaceAll("[^\\x20-\\x7e]", "?");
    return "'" + (safe.length() > 80 ? safe.substring(0, 80) + "…" : safe) + "'";
  }

  /** The decoded body; its end makes the connection free for the next request. */
  private final class Body extends InputStream {
    private final boolean chunked;
    private final boolean last;
    private long left;
    private boolean ended;

    Body(long left, boolean chunked, boolean last) {
      this.left = chunked ? 0 : left;
      this.chunked = chunked;
      this.last = last;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0 && chunked && !ended) {
        nextChunk();
      }
      if (left == 0 || ended) {
        finish();
        return -1;
      }
      if (!fill()) {
        if (left == Long.MAX_VALUE) {
          ended = true;
          return -1;
        }
        throw new EOFException("the answer breaks off");
      }
      int count = (int) Math.min(Math.min(length, end - at), left);
      System.arraycopy(buffer, at, into, from, count);
      at += count;
      if (left != Long.MAX_VALUE) {
        left -= count;
        if (left == 0 && chunked && !line().isEmpty()) {
          throw new GarbledException("a chunk is longer than it says");
        }
      }
      return count;
    }

    private void nextChunk() throws IOException {
      String size = line().split(";", 2)[0].strip();
      if (!size.matches("[0-9a-fA-F]{1,12}")) {
        throw new GarbledException("broken chunk size: " + shown(size));
      }
      left = Long.parseLong(size, 16);
      if (left == 0) {
        ended = true;
        while (!line().isEmpty()) {
          continue; // trailers say nothing that is used here
        }
      }
    }

    private void finish() {
      ended = true;
      idle = !last;
    }
  }
}
