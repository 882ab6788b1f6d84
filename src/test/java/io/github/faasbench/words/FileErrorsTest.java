package io.github.faasbench.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileErrorsTest {

  @Test
  void saysTheCauseInWords() {
    assertThat(FileErrors.of(new NoSuchFileException("x"))).isEqualTo("no such file or folder");
    assertThat(FileErrors.withFile(new AccessDeniedException("a/b")))
        .isEqualTo("a/b: permission denied");
    assertThat(FileErrors.of(new FileSystemException("x", null, "No space left on device")))
        .isEqualTo("no space left on device");
    assertThat(FileErrors.withFile(new FileSystemException("x", null, "Is a directory")))
        .isEqualTo("x: is a directory");
    assertThat(FileErrors.of(new MalformedInputException(1))).isEqualTo("not UTF-8");
    assertThat(FileErrors.of(new EOFException())).isEqualTo("it ends too soon");
    assertThat(FileErrors.of(new EOFException("the engine hung up")))
        .isEqualTo("the engine hung up");
    assertThat(FileErrors.of(new ClosedChannelException())).isEqualTo("it was closed meanwhile");
    assertThat(FileErrors.of(new UnknownHostException("nowhere")))
        .isEqualTo("the host's name is not known: nowhere");
    assertThat(FileErrors.of(new UncheckedIOException(new NoSuchFileException("x"))))
        .isEqualTo("no such file or folder");
    assertThat(FileErrors.of(new IOException(new NoSuchFileException("x"))))
        .isEqualTo("no such file or folder");
    assertThat(FileErrors.of(new IOException("Is a directory"))).isEqualTo("it is a folder");
    assertThat(FileErrors.of(new ArithmeticException())).isEqualTo("arithmetic");
  }

  /** A text such as {@code "can't be read: " + e} shows the class to the user. */
  @Test
  void noMessageIsMadeOfAnExceptionItself() throws IOException {
    Pattern made = Pattern.compile("\\+ (e|io|thrown|cause|exception|failed|again)\\b(?![.(\\w])");
    // Bugs, and what a user's own class did: there the class is what matters.
    List<String> meant = List.of("Failures.java", "Guard.java", "PolicyJars.java");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !meant.contains(file.getFileName().toString()))
              .toList();
      assertThat(sources).hasSizeGreaterThan(100);
      for (Path source : sources) {
        for (String line : Files.readAllLines(source)) {
          assertThat(made.matcher(line).find() && !line.contains("ok()"))
              .as(source + ": " + line)
              .isFalse();
        }
      }
    }
  }
}
