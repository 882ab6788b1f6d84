package io.github.faasbench.cluster.ssh.resident;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the lines that a resident process writes (docs/resident.md). */
final class AnswerLine {
  /** The protocol's version. */
  static final int VERSION = 1;

  /** Of one line, its end counted. */
  static final int MOST_BYTES = 1 << 20;

  /** Later than the year 292,000, whatever its clock's start: no time. */
  private static final long MOST_MICROS = Long.MAX_VALUE / 1_000;

  private static final JsonFactory JSON = new ObjectMapper().getFactory();
  private static final int SHOWN = 120;

  private AnswerLine() {}

  /**
   * Checks the first line, by which the process says that it waits.
   *
   * @throws ProtocolException when it is no such line, or another version's
   */
  static void ready(byte[] bytes, int from, int length) throws ProtocolException {
    long version = -1;
    try (JsonParser json = object(bytes, from, length)) {
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        json.nextToken();
        if (key.equals("resident")) {
          version = integer(json, key);
        } else {
          json.skipChildren();
        }
      }
      requireEnd(json);
    } catch (IOException e) {
      throw garbled(e, bytes, from, length);
    }
    if (version < 0) {
      throw garbled("it has no key 'resident'", bytes, from, length);
    }
    if (version != VERSION) {
      throw new ProtocolException(
          "it speaks version " + version + " of the protocol, and faasbench " + VERSION);
    }
  }

  /**
   * Reads an answer.
   *
   * @throws ProtocolException when it is none
   */
  static Answer answer(byte[] bytes, int from, int length) throws ProtocolException {
    long id = -1;
    long exitCode = -1;
    long started = -1;
    long ended = -1;
    String result = "";
    try (JsonParser json = object(bytes, from, length)) {
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        switch (key) {
          case "id" -> id = integer(json, key);
          case "exit_code" -> exitCode = integer(json, key);
          case "started_us" -> started = integer(json, key);
          case "ended_us" -> ended = integer(json, key);
          case "result" -> result = text(json, value, bytes, from);
          default -> json.skipChildren();
        }
      }
      requireEnd(json);
    } catch (IOException e) {
      throw garbled(e, bytes, from, length);
    }
    if (id < 0 || exitCode < 0 || started < 0 || ended < 0) {
      String missing =
          id < 0 ? "id" : exitCode < 0 ? "exit_code" : started < 0 ? "started_us" : "ended_us";
      throw garbled("it has no key '" + missing + "'", bytes, from, length);
    }
    if (exitCode > 255) {
      throw garbled("exit_code is above 255", bytes, from, length);
    }
    return new Answer(id, (int) exitCode, result, started, ended);
  }

  /**
   * An answer.
   *
   * @param result text, or any other JSON as it was written; empty: none
   * @param startedMicros before the function, by any clock of the node
   * @param endedMicros after it, by the same clock
   */
  record Answer(long id, int exitCode, String result, long startedMicros, long endedMicros) {}

  private static JsonParser object(byte[] bytes, int from, int length) throws IOException {
    JsonParser json = JSON.createParser(bytes, from, length);
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new ProtocolException("it is no JSON object");
    }
    return json;
  }

  private static void requireEnd(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
      throw new ProtocolException("more follows the object");
    }
  }

  private static long integer(JsonParser json, String key) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new ProtocolException(key + " is no integer");
    }
    long value = json.getLongValue();
    if (value < 0 || value > MOST_MICROS) {
      throw new ProtocolException(key + " is out of range");
    }
    return value;
  }

  private static String text(JsonParser json, JsonToken value, byte[] bytes, int from)
      throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    if (value == JsonToken.VALUE_NULL) {
      return "";
    }
    int start = (int) json.currentTokenLocation().getByteOffset();
    if (value.isScalarValue()) {
      return json.getText();
    }
    json.skipChildren();
    int end = (int) json.currentLocation().getByteOffset();
    return new String(bytes, from + start, end - start, StandardCharsets.UTF_8);
  }

  private static ProtocolException garbled(IOException why, byte[] bytes, int from, int length) {
    return garbled(
        why instanceof ProtocolException ? why.getMessage() : "it is no JSON", bytes, from, length);
  }

  private static ProtocolException garbled(String why, byte[] bytes, int from, int length) {
    String start = new String(bytes, from, Math.min(length, SHOWN), StandardCharsets.UTF_8);
    return new ProtocolException(why + ": " + start + (length > SHOWN ? "…" : ""));
  }
}
