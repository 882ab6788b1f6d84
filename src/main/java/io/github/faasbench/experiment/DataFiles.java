package io.github.faasbench.experiment;

import io.github.faasbench.files.PlainFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the files that an experiment reads its data from (traces, empirical distributions), and
 * remembers them: what stands in them is a part of the experiment, so that its identity depends on
 * their contents and not on where they lie.
 */
final class DataFiles implements Function<String, Path> {

  private final Path experiment;
  private final Map<String, Path> found = new TreeMap<>();

  DataFiles(Path experiment) {
    this.experiment = experiment;
  }

  @Override
  public Path apply(String written) {
    Path path = Experiment.resolve(experiment, written);
    if (Files.isRegularFile(path)) {
      found.put(written, path);
    }
    return path;
  }

  /** A line of comment for each file, with the SHA-256 of what stands in it. */
  String comment() {
    var text = new StringBuilder();
    found.forEach(
        (written, path) ->
            text.append("# ")
                .append(written.replaceAll("\\s+", " "))
                .append(" sha256 ")
                .append(sha256(path))
                .append('\n'));
    return text.toString();
  }

  private static String sha256(Path path) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(PlainFile.open(path), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
