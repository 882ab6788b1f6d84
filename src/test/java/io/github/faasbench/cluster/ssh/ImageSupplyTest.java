package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which images are pulled, which are sent, and which are not to be had. */
class ImageSupplyTest {
  private static final String IMAGE = "localhost:5999/x";
  private static final String REFUSED =
      "Get \"http://localhost:5999/v2/\": dial tcp 127.0.0.1:5999: connect: connection refused";

  private final Map<String, String> there = new HashMap<>();
  private final List<String> pulled = new ArrayList<>();
  private final List<String> loaded = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private String refusal;
  private String nameInArchive = IMAGE + ":latest";
  private final ImageSupply supply = new ImageSupply("n1", new OneImageEngine());

  @Test
  void anImageThatCanBePulledIsPulledAndNotSent() throws Exception {
    assertThat(supply.provide(IMAGE)).isEqualTo(new PullResult(9, 0, 1, false));
    assertThat(loaded).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        REFUSED,
        "Get \"https://r.example/v2/\": dial tcp: lookup r.example on 10.0.0.1:53: no such host",
        "Get \"https://192.0.2.9:5000/v2/\": dial tcp 192.0.2.9:5000: connect: no route to host",
        "Get \"https://r.example/v2/\": net/http: request canceled while waiting for connection"
            + " (Client.Timeout exceeded while awaiting headers)",
        "Get \"http://localhost:5055/v2/\": EOF",
        "pinging container registry localhost:5999: Get \"http://localhost:5999/v2/\": dial tcp"
            + " [::1]:5999: connect: connection refused",
      })
  void anImageWhoseRegistryIsSilentIsSentAndNoPullIsClaimed(String why) throws Exception {
    refusal = why;
    supply.from(OneImageEngine::archive, notes::add);
    assertThat(supply.provide(IMAGE)).isEqualTo(new PullResult(-1, -1, -1, false));
    assertThat(loaded).containsExactly("archive of " + IMAGE);
    assertThat(notes).singleElement().asString().contains("n1", IMAGE, why, "sent over SSH");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest for localhost:5055/x:latest not found: manifest unknown: manifest unknown",
        "pull access denied for x, repository does not exist or may require 'docker login'",
        "Get \"https://localhost:5055/v2/\": http: server gave HTTP response to HTTPS client",
        "no space left on device",
      })
  void anImageThatItsRegistryDoesNotGiveIsNotSent(String why) {
    refusal = why;
    supply.from(OneImageEngine::archive, notes::add);
    assertThatThrownBy(() -> supply.provide(IMAGE))
        .isInstanceOfSatisfying(
            NodeException.class, e -> assertThat(e.kind()).isEqualTo(NodeFailure.Kind.IMAGE))
        .hasMessageContaining(why);
    assertThat(loaded).isEmpty();
  }

  @Test
  void anImageThatIsThereIsLeftAsItIs() throws Exception {
    refusal = REFUSED;
    there.put(IMAGE + ":latest", "theirs");
    supply.from(OneImageEngine::archive, notes::add);
    supply.provide(IMAGE);
    assertThat(loaded).isEmpty();
    assertThat(there).containsEntry(IMAGE + ":latest", "theirs");
  }

  @Test
  void anImageThatThisMachineLacksTooSaysBothCauses() {
    refusal = REFUSED;
    supply.from(
        image -> {
          throw new IOException("no such image here");
        },
        notes::add);
    assertThatThrownBy(() -> supply.provide(IMAGE))
        .hasMessageContaining(REFUSED)
        .hasMessageContaining("it can't be sent over SSH: no such image here");
  }

  @Test
  void anImageThatComesWithoutItsNameIsAFailure() {
    refusal = REFUSED;
    nameInArchive = "other:latest";
    supply.from(OneImageEngine::archive, notes::add);
    assertThatThrownBy(() -> supply.provide(IMAGE)).hasMessageContaining("without its name");
  }

  @Test
  void askingWhetherARegistryAnswersFetchesNothing() throws Exception {
    String none = "@sha256:" + "0".repeat(64);
    refusal = "manifest unknown";
    assertThat(supply.unreachable(Set.of("localhost:5055/a/b:1"))).isEmpty();
    assertThat(pulled).containsExactly("localhost:5055/a/b" + none);

    refusal = REFUSED;
    Map<String, String> silent = supply.unreachable(Set.of("localhost:5999/x:1"));
    assertThat(silent).containsOnlyKeys("localhost:5999/x:1");
    assertThat(silent.get("localhost:5999/x:1"))
        .contains("image localhost:5999/x:1 is not to be had", REFUSED)
        .doesNotContain("sha256");
    assertThat(loaded).isEmpty();
  }

  /** Pulls unless it is told not to. */
  private final class OneImageEngine implements Engine {
    static InputStream archive(String image) {
      return new ByteArrayInputStream(("archive of " + image).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public PullResult pull(String image) throws NodeException {
      pulled.add(image);
      if (refusal != null) {
        throw ImagePulls.notToBeHad(image, refusal);
      }
      return new PullResult(9, 0, 1, false);
    }

    @Override
    public void load(InputStream archive) throws IOException {
      loaded.add(new String(archive.readAllBytes(), StandardCharsets.UTF_8));
      there.put(nameInArchive, "ours");
    }

    @Override
    public Inventory inventory() {
      return new Inventory(there, List.of());
    }

    @Override
    public void connect() {}

    @Override
    public void removeImage(String image) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CallResult run(RunRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void startWaiting(RunRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CallResult exec(RunRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void removeContainer(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> facts() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long roundTripNanos() {
      throw new UnsupportedOperationException();
    }
  }
}
