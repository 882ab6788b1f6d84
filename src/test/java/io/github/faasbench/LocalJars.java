package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The libraries that the tests run with, as they lie in Maven's local repository. */
final class LocalJars {

  private LocalJars() {}

  /** Maven's. */
  static Path repository() {
    String told = System.getProperty("localRepository", System.getProperty("maven.repo.local", ""));
    return told.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".m2", "repository")
        : Path.of(told);
  }

  /** By their path in the repository ({@code info/picocli/picocli/4.7.7/picocli-4.7.7.jar}). */
  static Map<String, Path> all() {
    Path repository = repository();
    Map<String, Path> jars = new TreeMap<>();
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> jar.startsWith(repository))
        .forEach(jar -> jars.put(repository.relativize(jar).toString().replace('\\', '/'), jar));
    assertThat(jars).as("jars below %s", repository).hasSizeGreaterThan(40);
    return jars;
  }

  static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
