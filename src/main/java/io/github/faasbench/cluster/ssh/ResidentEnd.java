package io.github.faasbench.cluster.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.faasbench.cluster.NodeFailure;
import java.io.IOException;
import java.net.SocketTimeoutException;

/**
 * How a resident process ended whose stream has ended.
 *
 * @param how by itself, by somebody else, or not at all
 * @param exitCode where it ended by itself
 * @param outOfMemory whether the kernel ended it for its memory
 */
record ResidentEnd(How how, int exitCode, boolean outOfMemory) {

  /** Who ended it. */
  enum How {
    BY_ITSELF,
    KILLED,
    REMOVED,
    NOT_AT_ALL
  }

  /** Asks the engine, which may know it a moment later than the stream tells. */
  static ResidentEnd of(ResidentContainer.Node node, String id, long limitNanos)
      throws NodeException, IOException {
    EngineApi.Reply waited;
    try {
      waited = waited(node.api(), id, limitNanos);
    } catch (SocketTimeoutException e) {
      return new ResidentEnd(How.NOT_AT_ALL, -1, false);
    }
    if (waited.status() == 404) {
      return new ResidentEnd(How.REMOVED, -1, false);
    }
    waited.orThrow("asking how a container ended");
    int exitCode = waited.json().path("StatusCode").asInt(-1);
    if (exitCode < 0) {
      throw new NodeException(
          NodeFailure.Kind.GARBLED, "the engine's word of a container's end has no exit code");
    }
    if (exitCode != Notes.KILLED) {
      return new ResidentEnd(How.BY_ITSELF, exitCode, false);
    }
    JsonNode state = node.containers().state(id);
    boolean starved = state.path("OOMKilled").asBoolean() || node.events().outOfMemory(id);
    return new ResidentEnd(starved ? How.BY_ITSELF : How.KILLED, exitCode, starved);
  }

  private static EngineApi.Reply waited(EngineApi api, String id, long limitNanos)
      throws NodeException, IOException {
    String path = "/containers/" + id + "/wait?condition=not-running";
    HttpConnection connection = api.begin("POST", path, null, false);
    try {
      connection.within(2 * limitNanos);
      HttpConnection.Answer answer = connection.answer(limitNanos);
      connection.limit(limitNanos);
      return api.finish(connection, answer);
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  /** In words, of the process. */
  String words() {
    return switch (how) {
      case BY_ITSELF ->
          (outOfMemory ? Notes.of(exitCode, true, false) + ", " : "it ended with ")
              + "exit code "
              + exitCode;
      case KILLED -> "it was killed, and not by faasbench";
      case REMOVED -> "it was removed, and not by faasbench";
      case NOT_AT_ALL -> "its output ended while it runs on";
    };
  }

  /** For the record of a call that was inside when it ended by itself. */
  String note() {
    if (outOfMemory) {
      return Notes.of(exitCode, true, false);
    }
    String during = "the runtime ended during the call";
    return exitCode == 0 ? during + ", with exit code 0 and without an answer" : during;
  }
}
