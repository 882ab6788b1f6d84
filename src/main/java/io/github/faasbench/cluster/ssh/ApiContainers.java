package io.github.faasbench.cluster.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.RunRequest;
import java.io.IOException;
import java.util.List;

/** What the Engine API does with one container at a time. */
final class ApiContainers {
  private final EngineApi api;

  ApiContainers(EngineApi api) {
    this.api = api;
  }

  /** The request's own container: with its command, or where it has none the image's. */
  String create(RunRequest request) throws NodeException, IOException {
    return create(request, body(request, request.command(), !request.command().isEmpty()));
  }

  /** One that waits and does nothing. */
  String createSleeping(RunRequest request) throws NodeException, IOException {
    return create(request, body(request, List.of("sleep", "infinity"), true));
  }

  /**
   * One whose own process takes the calls from its standard input. With the gateway's connection
   * its input ends, and so does the process: none is left behind.
   */
  String createResident(RunRequest request) throws NodeException, IOException {
    ObjectNode body = body(request, request.resident().runtime(), true);
    body.put("OpenStdin", true).put("StdinOnce", true);
    body.put("AttachStdin", true).put("AttachStdout", true).put("AttachStderr", true);
    return create(request, body);
  }

  private static ObjectNode body(RunRequest request, List<String> command, boolean given) {
    ObjectNode body = EngineApi.JSON.createObjectNode();
    body.put("Image", Inventory.withTag(request.image()));
    if (given) {
      body.putArray("Entrypoint").add("");
      command.forEach(body.putArray("Cmd")::add);
    }
    request.labels().forEach(body.putObject("Labels")::put);
    ObjectNode host = body.putObject("HostConfig");
    host.put("NetworkMode", request.network());
    host.putObject("LogConfig").put("Type", "none"); // output goes over the attached stream
    return body;
  }

  private String create(RunRequest request, ObjectNode body) throws NodeException, IOException {
    EngineApi.Reply reply =
        api.call("POST", "/containers/create?name=" + EngineApi.query(request.container()), body);
    if (reply.status() == 404) {
      throw ImagePulls.notToBeHad(request.image(), reply.problem());
    }
    if (!reply.ok() && ImagePulls.hasNoCommand(reply.problem())) {
      throw ImagePulls.noCommand(request.image());
    }
    return EngineApi.id(reply.orThrow("creating container " + request.container()).json());
  }

  /** One that is gone already is no failure. */
  void remove(String name) throws NodeException, IOException {
    String path = path(name);
    EngineApi.Reply reply = api.call("DELETE", path + "?force=1&v=1", null);
    if (reply.status() == 409) { // someone's removal is under way: done when that is
      api.call("POST", path + "/wait?condition=removed", null);
    } else if (reply.status() != 404) {
      reply.orThrow("removing container " + name);
    }
  }

  /** The engine's record of its state; missing where there is no such container. */
  JsonNode state(String name) throws NodeException, IOException {
    return api.call("GET", path(name) + "/json", null).json().path("State");
  }

  static String path(String name) {
    return "/containers/" + EngineApi.query(name);
  }
}
