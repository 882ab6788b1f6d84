package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The libraries are those that were reviewed, to the byte. After a change of versions in the pom:
 * {@code RECORD=1 mvn test -Dtest=DependenciesTest}, and the difference shows what came with it.
 */
class DependenciesTest {

  /** Reads like the output of {@code sha256sum} in Maven's local repository, and checks with it. */
  private static final Path LIST = Path.of("dependencies.sha256");

  @Test
  void everyLibraryHasTheHashThatTheListNames() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Path> jar : LocalJars.all().entrySet()) {
      lines.add(LocalJars.sha256(jar.getValue()) + "  " + jar.getKey());
    }
    if (System.getenv("RECORD") != null) {
      Files.write(LIST, lines);
    }
    assertThat(lines).isEqualTo(Files.readAllLines(LIST));
  }
}
