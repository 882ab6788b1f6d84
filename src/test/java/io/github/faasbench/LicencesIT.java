package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * The licence of each library in the packed jar is in it, as {@code META-INF/licenses/INDEX} says.
 * A new library gets a line there, and its text a file in {@code src/main/licenses}.
 */
class LicencesIT {

  private static final String APACHE = "META-INF/LICENSE";
  private static final String INDEX = "META-INF/licenses/INDEX";
  private static final Pattern PARENT =
      Pattern.compile(
          "(?s)<parent>.*?<groupId>(.*?)</groupId>.*?<artifactId>(.*?)</artifactId>"
              + ".*?<version>(.*?)</version>.*?</parent>");

  /** The texts' places in the jar, by {@code group:name} of the library. */
  private static Map<String, List<String>> index(JarFile jar) throws IOException {
    Map<String, List<String>> index = new TreeMap<>();
    for (String line : text(jar, INDEX).lines().filter(one -> !one.startsWith("#")).toList()) {
      List<String> words = List.of(line.split(" +"));
      assertThat(index.put(words.get(0), words.subList(1, words.size()))).as(line).isNull();
    }
    return index;
  }

  private static String text(JarFile jar, String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    assertThat(entry).as("%s in %s", name, jar.getName()).isNotNull();
    try (InputStream in = jar.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Set<String> names(JarFile jar) {
    return jar.stream().map(ZipEntry::getName).collect(Collectors.toSet());
  }

  /** The libraries that gave the packed jar a class, or the page its script. */
  private static Map<String, Path> packed(JarFile jar) throws IOException {
    Set<String> there = names(jar);
    there.removeIf(name -> !name.endsWith(".class") || name.endsWith("module-info.class"));
    Map<String, Path> packed = new TreeMap<>();
    for (Map.Entry<String, Path> library : LocalJars.all().entrySet()) {
      String[] parts = library.getKey().split("/");
      int name = parts.length - 3;
      String group = String.join(".", List.of(parts).subList(0, name));
      try (var file = new JarFile(library.getValue().toFile())) {
        if (parts[name].equals("plotly.js-dist")
            || names(file).stream().anyMatch(there::contains)) {
          packed.put(group + ":" + parts[name], library.getValue());
        }
      }
    }
    assertThat(packed).hasSizeGreaterThan(30);
    return packed;
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  /** As the library's own jar has it. */
  private static List<String> ownTexts(JarFile library) throws IOException {
    List<String> texts = new ArrayList<>();
    for (String name : names(library)) {
      String upper = name.toUpperCase(Locale.ROOT);
      if (!name.endsWith(".class") && !name.endsWith("/") && upper.matches(".*LICEN[SC]E.*")) {
        texts.add(squeezed(text(library, name)));
      }
    }
    return texts;
  }

  @Test
  void eachLibraryInTheJarHasALineInTheIndexAndNoOtherHas() throws IOException {
    try (var jar = new JarFile(PackedJar.JAR.toFile())) {
      assertThat(index(jar).keySet()).isEqualTo(packed(jar).keySet());
    }
  }

  @Test
  void theTextsAreThoseThatTheLibrariesThemselvesHave() throws IOException {
    try (var jar = new JarFile(PackedJar.JAR.toFile())) {
      Map<String, List<String>> index = index(jar);
      for (Map.Entry<String, Path> library : packed(jar).entrySet()) {
        List<String> given = new ArrayList<>();
        for (String place : index.getOrDefault(library.getKey(), List.of())) {
          given.add(squeezed(text(jar, place)));
        }
        assertThat(given).as(library.getKey()).isNotEmpty().noneMatch(String::isEmpty);
        try (var file = new JarFile(library.getValue().toFile())) {
          assertThat(given).as(library.getKey()).containsAll(ownTexts(file));
        }
      }
    }
  }

  /** Of a library whose jar has no text, its description in Maven's repository says which it is. */
  @Test
  void theApacheLicenceStandsForNoLibraryThatHasAnother() throws IOException {
    try (var jar = new JarFile(PackedJar.JAR.toFile())) {
      Map<String, List<String>> index = index(jar);
      for (Map.Entry<String, Path> library : packed(jar).entrySet()) {
        try (var file = new JarFile(library.getValue().toFile())) {
          if (ownTexts(file).isEmpty()) {
            Path pom = Path.of(library.getValue().toString().replaceFirst("\\.jar$", ".pom"));
            assertThat(index.getOrDefault(library.getKey(), List.of()).equals(List.of(APACHE)))
                .as("%s: %s", library.getKey(), licence(pom))
                .isEqualTo(licence(pom).contains("apache"));
          }
        }
      }
    }
  }

  /** What the description or the nearest of its parents says. */
  private static String licence(Path pom) throws IOException {
    String text = Files.readString(pom);
    Matcher told = Pattern.compile("(?s)<licenses>(.*?)</licenses>").matcher(text);
    if (told.find()) {
      return told.group(1).toLowerCase(Locale.ROOT);
    }
    Matcher parent = PARENT.matcher(text);
    assertThat(parent.find()).as("%s names a licence or a parent", pom).isTrue();
    String version = parent.group(3);
    Path group = LocalJars.repository().resolve(parent.group(1).replace('.', '/'));
    String name = parent.group(2);
    return licence(group.resolve(name).resolve(version).resolve(name + "-" + version + ".pom"));
  }

  @Test
  void whatTheNoticePointsToIsThere() throws IOException {
    try (var jar = new JarFile(PackedJar.JAR.toFile())) {
      Matcher pointed =
          Pattern.compile("\\b(?!http)[A-Za-z]+(?:-[A-Za-z]+)*-LICENSE\\b")
              .matcher(text(jar, "META-INF/NOTICE"));
      List<String> names = pointed.results().map(found -> "META-INF/" + found.group()).toList();
      assertThat(names).hasSizeGreaterThan(2);
      assertThat(names(jar)).containsAll(names);
    }
  }
}
