package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What others could change under us is fixed by a hash, or its file says why it is not. */
class PinnedTest {

  private static List<Path> files(String folder, String pattern) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(folder))) {
      return all.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }

  @Test
  void actionsAreFixedByCommitAndSayTheirVersion() throws IOException {
    List<String> used = new ArrayList<>();
    for (Path workflow : files(".github", ".*\\.ya?ml")) {
      Files.readAllLines(workflow).stream()
          .map(String::strip)
          .filter(line -> line.matches("-? *uses:.*"))
          .forEach(used::add);
    }
    assertThat(used)
        .isNotEmpty()
        .allMatch(
            line -> line.matches("(- )?uses: [\\w.-]+/[\\w./-]+@[0-9a-f]{40} # v\\d+[\\d.]*"));
  }

  @Test
  void baseImagesAreFixedByDigestOrTheirFileSaysWhyNot() throws IOException {
    List<Path> dockerfiles = new ArrayList<>();
    for (String folder : List.of("nodes", "functions", "bench", "src")) {
      dockerfiles.addAll(files(folder, "Dockerfile.*"));
    }
    assertThat(dockerfiles).hasSizeGreaterThan(8);
    for (Path dockerfile : dockerfiles) {
      String text = Files.readString(dockerfile);
      Matcher base =
          Pattern.compile("(?m)^(?:ARG BASE=|FROM (?!scratch|\\$\\{BASE\\}))(.*)$").matcher(text);
      while (base.find()) {
        assertThat(base.group(1).contains("@sha256:") || text.contains("docs/security.md"))
            .as("%s: %s", dockerfile, base.group())
            .isTrue();
      }
    }
    assertThat(Files.readString(Path.of("docs/security.md")))
        .containsPattern("base, `debian:bookworm-slim`, is not fixed by\\s+digest");
  }
}
