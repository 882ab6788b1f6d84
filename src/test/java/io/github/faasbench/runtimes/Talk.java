package io.github.faasbench.runtimes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A runtime's process, and what is said to it and by it. A minute without a word kills it. */
final class Talk implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_S = 60;

  private final Process process;
  private final Path errors;
  private final OutputStream calls;
  private final BufferedReader answers;
  private final JsonNode ready;

  /** Starts it and hears its first line. */
  Talk(List<String> command) throws Exception {
    errors = Files.createTempFile("runtime", ".txt");
    process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    calls = process.getOutputStream();
    answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
    ready = hear();
  }

  JsonNode ready() {
    return ready;
  }

  static String call(long id, String... args) {
    ObjectNode call = JSON.createObjectNode().put("id", id);
    call.putPOJO("args", args);
    return call.put("deadline_ms", 4998).toString();
  }

  /** The answer to a call. */
  JsonNode ask(long id, String... args) throws Exception {
    say(call(id, args));
    return hear();
  }

  void say(String line) throws IOException {
    calls.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    calls.flush();
  }

  /** What is read within the limit. */
  private interface Reading {
    String read() throws IOException;
  }

  private String withinLimit(Reading reading) throws IOException {
    Thread watch = new Thread(this::killLate);
    watch.setDaemon(true);
    watch.start();
    try {
      return reading.read();
    } finally {
      watch.interrupt();
    }
  }

  /** The next line, which must be JSON. */
  JsonNode hear() throws Exception {
    String line = withinLimit(answers::readLine);
    if (line == null) {
      throw new IOException("it said no more; its standard error: " + errors());
    }
    return JSON.readTree(line);
  }

  private void killLate() {
    try {
      TimeUnit.SECONDS.sleep(LIMIT_S);
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // a line came
    }
  }

  /** Whatever it still says on its standard output until it ends. */
  String rest() throws IOException {
    var text = new StringWriter();
    return withinLimit(
        () -> {
          answers.transferTo(text);
          return text.toString();
        });
  }

  /** The end of its standard input. */
  void hangUp() throws IOException {
    calls.close();
  }

  int exitCode() throws Exception {
    if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
      throw new TimeoutException("it did not end; its standard error: " + errors());
    }
    return process.exitValue();
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(errors);
  }
}
