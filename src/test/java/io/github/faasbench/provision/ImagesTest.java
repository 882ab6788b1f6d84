package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.faasbench.experiment.BuildSpec;
import io.github.faasbench.experiment.FunctionSpec;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {

  private static final String DIGEST = "sha256:" + "a".repeat(64);
  private static final String CHILD = "sha256:" + "b".repeat(64);

  @TempDir Path folder;
  private final FakeRunner docker = new FakeRunner();
  private final List<String> progress = new ArrayList<>();
  private final Map<String, String> pages = new HashMap<>();
  private HttpServer registry;
  private String image;

  @BeforeEach
  void serve() throws Exception {
    Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\n");
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          String page = pages.get(exchange.getRequestURI().getPath());
          byte[] body = (page == null ? "{}" : page).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(page == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    registry.start();
    image = "localhost:" + registry.getAddress().getPort() + "/python";
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  private Images images(Map<String, String> environment) {
    return new Images(Optional.empty(), environment, docker);
  }

  private FunctionSpec function(String name, String image, Map<String, String> arguments) {
    var build = new BuildSpec(folder.toString(), arguments);
    return new FunctionSpec(name, image, Optional.of(build), List.of("true"), Optional.empty());
  }

  private List<Images.Provided> provide(FunctionSpec... functions) throws Exception {
    return images(Map.of()).provide(List.of(functions), progress::add);
  }

  private void registryHolds(String hash) {
    pages.put(
        "/v2/python/manifests/latest",
        "{\"config\": {\"size\": 3, \"digest\": \"" + DIGEST + "\"}}");
    pages.put("/v2/python/blobs/" + DIGEST, "{\"Labels\":{\"x\":\"" + hash + "\"}}");
  }

  @Test
  void anAbsentImageIsBuiltPushedAndTakenOffThisMachine() throws Exception {
    docker.on("docker buildx", 1);
    assertThat(provide(function("f", image, Map.of("WITH", "1"))))
        .containsExactly(new Images.Provided("f", image, true, false));
    String hash = ContextHash.of(folder, "Dockerfile", Map.of("WITH", "1"));
    assertThat(docker.texts())
        .containsExactly(
            "docker buildx version",
            "docker build --tag "
                + image
                + " --label io.github.faasbench=1 --label io.github.faasbench.context="
                + hash
                + " --build-arg WITH=1 "
                + folder,
            "docker push " + image,
            "docker image rm " + image);
    assertThat(docker.commands.get(1).environment()).containsEntry("DOCKER_BUILDKIT", "0");
    assertThat(progress)
        .containsExactly("building " + image + " from " + folder, "pushing " + image);
  }

  @Test
  void aDockerfileWithinTheContextIsTheOneThatIsBuilt() throws Exception {
    Files.createDirectory(folder.resolve("f"));
    Path dockerfile = Files.writeString(folder.resolve("f/Dockerfile"), "FROM scratch\n");
    var build = new BuildSpec(folder.toString(), "f/Dockerfile", Map.of());
    provide(new FunctionSpec("f", image, Optional.of(build), List.of("true"), Optional.empty()));
    assertThat(docker.texts())
        .filteredOn(text -> text.startsWith("docker build --tag"))
        .singleElement()
        .asString()
        .contains(ContextHash.of(folder, "f/Dockerfile", Map.of()))
        .endsWith(" --file " + dockerfile + " " + folder);
  }

  @Test
  void anImageWhoseContextIsTheSameIsLeftAlone() throws Exception {
    registryHolds(ContextHash.of(folder, "Dockerfile", Map.of()));
    assertThat(provide(function("f", image, Map.of())))
        .containsExactly(new Images.Provided("f", image, false, false));
    assertThat(docker.commands).isEmpty();
  }

  @Test
  void theConfigurationIsFoundThroughAnIndexToo() throws Exception {
    registryHolds(ContextHash.of(folder, "Dockerfile", Map.of()));
    String manifest = pages.remove("/v2/python/manifests/latest");
    pages.put("/v2/python/manifests/" + CHILD, manifest);
    pages.put(
        "/v2/python/manifests/latest",
        "{\"manifests\": [{\"digest\": \"" + DIGEST + "\"}, {\"digest\": \"" + CHILD + "\"}]}");
    assertThat(provide(function("f", image, Map.of())).get(0).built()).isFalse();
  }

  @Test
  void aChangedContextIsBuiltAgain() throws Exception {
    registryHolds(ContextHash.of(folder, "Dockerfile", Map.of()));
    Files.writeString(folder.resolve("f.py"), "print()\n");
    assertThat(provide(function("f", image, Map.of())).get(0).built()).isTrue();
  }

  @Test
  void twoFunctionsOfOneImageBuildItOnce() throws Exception {
    provide(function("f", image, Map.of()), function("g", image, Map.of()));
    assertThat(docker.texts()).filteredOn(text -> text.startsWith("docker build --tag")).hasSize(1);
  }

  @Test
  void theBaseOfTheEnvironmentGivesWayToTheFiles() throws Exception {
    var environment = Map.of("FAASBENCH_BASE", "mirror/debian");
    images(environment).provide(List.of(function("f", image, Map.of())), progress::add);
    images(environment)
        .provide(List.of(function("f", image, Map.of("BASE", "alpine"))), progress::add);
    assertThat(docker.texts())
        .filteredOn(text -> text.startsWith("docker build --tag"))
        .satisfiesExactly(
            first -> assertThat(first).contains("--build-arg BASE=mirror/debian "),
            second -> assertThat(second).contains("--build-arg BASE=alpine "));
  }

  @Test
  void aFailedBuildShowsCommandExitCodeAndLastLines() {
    docker.on("docker build --tag", 1, "Step 2/2 : RUN false", "returned a non-zero code: 1");
    assertThatThrownBy(() -> provide(function("f", image, Map.of())))
        .hasMessageContaining("`docker build --tag " + image)
        .hasMessageContaining("failed with exit code 1:\n  Step 2/2 : RUN false")
        .hasMessageContaining("Run the command by hand");
  }

  @Test
  void aRegistryThatIsAwayIsNamed() {
    registry.stop(0);
    assertThatThrownBy(() -> provide(function("f", image, Map.of())))
        .hasMessageContaining("the registry localhost:")
        .hasMessageContaining("./faasbench nodes up");
  }

  @Test
  void anImageWithoutRegistryStaysHere() throws Exception {
    docker.on("docker image inspect", 1, "No such image");
    assertThat(provide(function("f", "python", Map.of())))
        .containsExactly(new Images.Provided("f", "python", true, true));
    assertThat(docker.texts()).noneMatch(text -> text.startsWith("docker push"));
  }

  @Test
  void aFolderWithoutDockerfileIsTheUsersMistake() throws Exception {
    Files.delete(folder.resolve("Dockerfile"));
    assertThatThrownBy(() -> provide(function("f", image, Map.of())))
        .hasMessage("function f: there is no Dockerfile in " + folder);
  }

  @Test
  void removingWhatIsGoneIsNoErrorAndWhatIsInUseIs() throws Exception {
    docker.on("docker image rm", 1, "Error: No such image: python");
    images(Map.of()).remove("python", progress::add);
    docker.on("docker image rm", 1, "conflict: image is being used by running container 12");
    assertThatThrownBy(() -> images(Map.of()).remove("python", progress::add))
        .hasMessageContaining("being used by running container");
  }

  @Test
  void oneTagOfAnImageIsSavedAndNotItsWholeRepository() throws Exception {
    docker.on("docker save", 0, "archive");
    try (InputStream archive = images(Map.of()).save("localhost:5999/x")) {
      assertThat(archive.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("archive");
    }
    assertThat(docker.texts()).containsExactly("docker save localhost:5999/x:latest");
  }
}
