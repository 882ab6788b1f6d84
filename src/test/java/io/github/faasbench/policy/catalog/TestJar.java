package io.github.faasbench.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles a user's sources and packs them. */
public final class TestJar {

  /** What most policies import, and a place for the rest. */
  private static final String IMPORTS =
      """
      import io.github.faasbench.policy.*;
      import io.github.faasbench.policy.KeepAlivePolicy.Verdict;
      import java.time.Duration;
      import java.util.*;
      import java.util.random.RandomGenerator;
      """;

  private TestJar() {}

  /**
   * A jar with the classes that the sources declare, one top-level class each.
   *
   * @param sources with a package line or without; imports of the contracts are added
   */
  public static Path of(Path jar, String... sources) throws IOException {
    Path folder = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "classes");
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", folder.toString()));
    for (String source : sources) {
      String name = source.replaceAll("(?s).*?\\b(?:class|interface) (\\w+).*", "$1");
      boolean packaged = source.startsWith("package ");
      int body = packaged ? source.indexOf(';') + 1 : 0;
      Path file = Files.createTempDirectory(folder, "source").resolve(name + ".java");
      Files.writeString(file, source.substring(0, body) + IMPORTS + source.substring(body));
      arguments.add(file.toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    return pack(jar, folder);
  }

  /** Makes the classes of a jar those of a Java to come. */
  public static void newer(Path jar) throws IOException {
    Path folder = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "newer");
    try (var packed = new JarFile(jar.toFile())) {
      for (JarEntry entry : packed.stream().toList()) {
        byte[] bytes = packed.getInputStream(entry).readAllBytes();
        bytes[7] = (byte) (44 + 99); // major version
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
      }
    }
    pack(jar, folder);
  }

  private static Path pack(Path jar, Path folder) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        var packed = new JarOutputStream(out);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        packed.putNextEntry(new JarEntry(folder.relativize(file).toString()));
        packed.write(Files.readAllBytes(file));
      }
    }
    return jar;
  }
}
