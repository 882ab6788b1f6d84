package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextHashTest {

  @TempDir Path folder;
  private String before;

  @BeforeEach
  void hashOnce() throws Exception {
    Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\n");
    Files.createDirectory(folder.resolve("code"));
    Files.writeString(folder.resolve("code/f.py"), "print('Ok')\n");
    before = hash();
  }

  private String hash() throws Exception {
    return ContextHash.of(folder, "Dockerfile", Map.of("BASE", "debian"));
  }

  @Test
  void timesDoNotCount() throws Exception {
    Files.setLastModifiedTime(folder.resolve("code/f.py"), FileTime.fromMillis(0));
    assertThat(hash()).isEqualTo(before).matches("[0-9a-f]{64}");
  }

  @Test
  void contentsCount() throws Exception {
    Files.writeString(folder.resolve("code/f.py"), "print('OK')\n");
    assertThat(hash()).isNotEqualTo(before);
  }

  @Test
  void namesCount() throws Exception {
    Files.move(folder.resolve("code/f.py"), folder.resolve("code/g.py"));
    assertThat(hash()).isNotEqualTo(before);
  }

  @Test
  void executableBitsCount() throws Exception {
    assertThat(folder.resolve("code/f.py").toFile().setExecutable(true)).isTrue();
    assertThat(hash()).isNotEqualTo(before);
  }

  @Test
  void linksCountByTheirTarget() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("code/f.py"));
    String first = hash();
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("Dockerfile"));
    assertThat(hash()).isNotEqualTo(first);
  }

  @Test
  void argumentsCount() throws Exception {
    assertThat(ContextHash.of(folder, "Dockerfile", Map.of("BASE", "alpine"))).isNotEqualTo(before);
    assertThat(ContextHash.of(folder, "Dockerfile", Map.of())).isNotEqualTo(before);
  }

  @Test
  void whichDockerfileCounts() throws Exception {
    assertThat(ContextHash.of(folder, "code/Dockerfile", Map.of("BASE", "debian")))
        .isNotEqualTo(before);
  }
}
