package io.github.faasbench.provision;

import io.github.faasbench.experiment.BuildSpec;
import io.github.faasbench.files.PlainFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tells whether what an image is built from has changed: SHA-256 over files and arguments. */
final class ContextHash {

  private static final int BUFFER_BYTES = 1 << 16;

  private final MessageDigest digest;

  private ContextHash() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** 64 hex digits. Times and owners of files do not count, names, contents and modes do. */
  static String of(Path context, String dockerfile, Map<String, String> arguments)
      throws IOException {
    var hash = new ContextHash();
    List<Path> files;
    try (Stream<Path> all = Files.walk(context)) {
      files = all.filter(path -> !Files.isDirectory(path)).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : files) {
      hash.word(context.relativize(file).toString().replace('\\', '/'));
      if (Files.isSymbolicLink(file)) {
        hash.word("link " + Files.readSymbolicLink(file));
      } else {
        hash.word((Files.isExecutable(file) ? "x " : "- ") + Files.size(file));
        hash.content(file);
      }
    }
    if (!dockerfile.equals(BuildSpec.DOCKERFILE)) {
      hash.word("from " + dockerfile);
    }
    new TreeMap<>(arguments).forEach((name, value) -> hash.word(name + "=" + value));
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  private void word(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private void content(Path file) throws IOException {
    try (var in = PlainFile.open(file)) {
      var buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
  }
}
