package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code target/bom.json} against what is in the jar. */
class BillOfMaterialsIT {

  private static final String OURS = "io/github/faasbench/";

  /** SHA-256 of each component, by group:name:version. */
  private static Map<String, String> listed() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    JsonNode bom = new ObjectMapper().readTree(Path.of("target", "bom.json").toFile());
    for (JsonNode component : bom.path("components")) {
      for (JsonNode hash : component.path("hashes")) {
        if (hash.path("alg").asText().equals("SHA-256")) {
          listed.put(
              component.path("group").asText()
                  + ':'
                  + component.path("name").asText()
                  + ':'
                  + component.path("version").asText(),
              hash.path("content").asText());
        }
      }
    }
    return listed;
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
          .filter(name -> !name.startsWith(OURS))
          .collect(Collectors.toSet());
    }
  }

  /** {@code info/picocli/picocli/4.7.7/picocli-4.7.7.jar} is {@code info.picocli:picocli:4.7.7}. */
  private static String coordinates(String path) {
    String[] parts = path.split("/");
    int file = parts.length - 1;
    return String.join(".", java.util.Arrays.copyOf(parts, file - 2))
        + ':'
        + parts[file - 2]
        + ':'
        + parts[file - 1];
  }

  @Test
  void everyClassInTheJarComesFromALibraryThatTheBillLists() throws IOException {
    Map<String, String> listed = listed();
    Map<String, String> origins = new HashMap<>();
    for (Map.Entry<String, Path> library : LocalJars.all().entrySet()) {
      String name = coordinates(library.getKey());
      boolean known = LocalJars.sha256(library.getValue()).equals(listed.get(name));
      classes(library.getValue())
          .forEach(type -> origins.merge(type, known ? name : "", (a, b) -> a.isEmpty() ? b : a));
    }
    Set<String> packed = classes(PackedJar.JAR);
    Set<String> unlisted = new TreeSet<>();
    Set<String> used = new TreeSet<>();
    for (String type : packed) {
      String origin = origins.getOrDefault(type, "");
      (origin.isEmpty() ? unlisted : used).add(origin.isEmpty() ? type : origin);
    }
    assertThat(unlisted).isEmpty();
    assertThat(packed).hasSizeGreaterThan(1000);
    assertThat(used).hasSizeGreaterThan(15);
  }

  @Test
  void theBillListsThePackedPlotlyAndNoLibraryOfTheTests() throws IOException {
    try (var jar = new JarFile(PackedJar.JAR.toFile())) {
      assertThat(jar.getEntry(OURS + "report/html/plotly.js.gz")).isNotNull();
    }
    assertThat(listed().keySet())
        .anyMatch(name -> name.startsWith("org.webjars.npm:plotly.js-dist:"))
        .noneMatch(name -> name.contains("junit") || name.startsWith("org.jsoup:"));
  }
}
