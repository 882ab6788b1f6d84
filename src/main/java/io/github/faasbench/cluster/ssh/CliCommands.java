package io.github.faasbench.cluster.ssh;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.NodeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Short {@code sudo docker} commands whose whole output is the answer. */
final class CliCommands {
  static final Pattern NO_CONTAINER = Pattern.compile("(?i)no such (container|object)");
  private static final long LIMIT_MILLIS = 120_000;
  private static final long REFUSAL_LIMIT_MILLIS = 1_000;
  private static final int SHOWN = 80;

  private final SshLink link;

  CliCommands(SshLink link) {
    this.link = link;
  }

  Inventory inventory() throws NodeException, IOException {
    Map<String, String> images = new HashMap<>();
    for (JsonNode image : lines(docker("images --no-trunc --digests --format '{{json .}}'"))) {
      String repository = image.path("Repository").asText();
      images.put(repository + ":" + image.path("Tag").asText(), image.path("ID").asText());
      images.put(repository + "@" + image.path("Digest").asText(), image.path("ID").asText());
    }
    images.keySet().removeIf(name -> name.contains("<none>"));
    Ended listed =
        run(
            "c=$("
                + CliScript.DOCKER
                + "ps -aq --no-trunc) || exit; [ -z \"$c\" ] || "
                + CliScript.DOCKER
                + "inspect --type container --format '{\"id\":{{json .Id}},"
                + "\"name\":{{json .Name}},\"image\":{{json .Config.Image}},"
                + "\"labels\":{{json .Config.Labels}},\"running\":{{json .State.Running}}}' $c");
    if (listed.status != 0 && !NO_CONTAINER.matcher(listed.err).find()) { // gone since the list
      throw failed("listing containers: " + listed.err);
    }
    List<Inventory.Container> containers = new ArrayList<>();
    for (JsonNode container : lines(listed.out)) {
      Map<String, String> labels = new HashMap<>();
      container
          .path("labels")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      containers.add(
          new Inventory.Container(
              container.path("id").asText(),
              container.path("name").asText().replaceFirst("^/", ""),
              container.path("image").asText(),
              labels,
              container.path("running").asBoolean()));
    }
    return new Inventory(images, containers);
  }

  Map<String, String> facts() throws NodeException, IOException {
    Map<String, String> facts =
        new LinkedHashMap<>(
            NodeExamination.ofInfo(lines(docker("info --format '{{json .}}'")).get(0)));
    String version = docker("version --format '{{.Server.APIVersion}}'");
    facts.put(NodeExamination.API_VERSION, NodeExamination.lastLine(version));
    return facts;
  }

  void load(InputStream archive, Executor threads) throws NodeException, IOException {
    OutputCapture err = new OutputCapture(16 << 10);
    RemoteCommand docker =
        link.exec("exec " + CliScript.DOCKER + "load -q", new OutputCapture(0), err);
    IOException broke = null;
    try {
      long limit = TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
      Upload.copy(archive, docker.stdin(), limit, threads);
    } catch (IOException e) {
      broke = e;
    }
    try { // where docker refused it, it has ended
      long limit = TimeUnit.NANOSECONDS.toMillis(ImagePulls.SILENCE_LIMIT_NANOS);
      int status = docker.await(broke == null ? limit : REFUSAL_LIMIT_MILLIS).status();
      if (status != 0) {
        throw failed("loading an image: exit code " + status + ": " + err.text());
      }
    } catch (IOException e) {
      throw broke == null ? e : broke;
    }
  }

  /** A command's end and what it printed. */
  record Ended(int status, String out, String err) {}

  Ended run(String line) throws NodeException, IOException {
    OutputCapture out = new OutputCapture(32 << 20);
    OutputCapture err = new OutputCapture(16 << 10);
    String wrapped = "exec sh -c " + ShellQuote.word(line);
    Deadline.current().asks("`" + NodeException.shown(line, SHOWN) + "`");
    int status = link.exec(wrapped, out, err).await(LIMIT_MILLIS).status();
    return new Ended(status, out.text(), err.text());
  }

  String docker(String arguments) throws NodeException, IOException {
    Ended ended = run(CliScript.DOCKER + arguments);
    if (ended.status != 0) {
      throw failed(
          "`sudo docker` at "
              + link.login().address()
              + " failed: "
              + ended.err
              + "; the login needs docker and sudo for it without a password");
    }
    return ended.out;
  }

  private static List<JsonNode> lines(String text) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (line.startsWith("{")) {
        lines.add(EngineApi.JSON.readTree(line));
      }
    }
    return lines;
  }

  private static NodeException failed(String message) {
    return new NodeException(NodeFailure.Kind.ENGINE, message);
  }
}
