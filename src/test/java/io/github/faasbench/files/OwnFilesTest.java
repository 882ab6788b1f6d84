package io.github.faasbench.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OwnFilesTest {

  @TempDir private Path folder;
  private Path theirs;
  private Path file;

  @BeforeEach
  void files() throws Exception {
    theirs = Files.writeString(folder.resolve("theirs"), "theirs");
    file = folder.resolve("file");
  }

  @Test
  void nothingIsWrittenThroughALink() throws Exception {
    Files.createSymbolicLink(file, theirs);
    refused(() -> OwnFiles.replace(file, "ours"));
    refused(() -> OwnFiles.append(file).close());
    refused(() -> OwnFiles.create(file).close());
    refused(() -> OwnFiles.open(file, StandardOpenOption.WRITE).close());
    refused(() -> OwnFiles.folder(file));
    assertThat(theirs).hasContent("theirs");
    assertThat(file).isSymbolicLink();

    Path nowhere = folder.resolve("nowhere");
    Files.delete(file);
    Files.createSymbolicLink(file, nowhere);
    refused(() -> OwnFiles.replace(file, "ours"));
    refused(() -> OwnFiles.append(file).close());
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void theTemporaryFileIsNoLinkAndNoOtherNameOfAFile() throws Exception {
    Path part = folder.resolve("file.part");
    Files.createLink(part, theirs);
    OwnFiles.replace(file, "ours");
    assertThat(file).hasContent("ours");
    assertThat(theirs).hasContent("theirs");

    Files.createSymbolicLink(part, theirs);
    refused(() -> OwnFiles.replace(file, "again"));
    assertThat(theirs).hasContent("theirs");
  }

  @Test
  void aLinkedFolderIsNoneOfOurs() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
    refused(() -> OwnFiles.folder(linked));
    refused(() -> OwnFiles.checkFolder(linked));
    assertThat(OwnFiles.root(linked)).isEqualTo(linked); // as the user named it
  }

  @Test
  void nobodyWaitsAtAPipe() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> PlainFile.open(file)).hasMessageContaining("is a pipe, a socket");
    assertThatThrownBy(() -> OwnFiles.replace(file, "")).hasMessageContaining("is a pipe");
    assertThatThrownBy(() -> OwnFiles.append(file)).hasMessageContaining("is a pipe");
    assertThatThrownBy(() -> PlainFile.text(folder)).hasMessageContaining("is a folder");
    assertThatThrownBy(() -> PlainFile.text(Path.of("/dev/zero"))).hasMessageContaining("a device");
    assertThat(PlainFile.text(Path.of("/dev/null"))).isEmpty();
  }

  @Test
  void aLineWithoutEndIsToldWithItsPlace() throws Exception {
    String most = "x".repeat(LineLimit.MOST_CHARACTERS);
    Files.writeString(file, "a\n" + most + "\nb\n");
    try (var lines = PlainFile.lines(file)) {
      assertThat(lines.lines().map(String::length)).containsExactly(1, most.length(), 1);
    }
    Files.writeString(file, "a\n" + most + "x\nb\n");
    assertThatThrownBy(
            () -> {
              try (var lines = PlainFile.lines(file)) {
                lines.readLine();
                lines.readLine();
              }
            })
        .hasMessageStartingWith(file + ":2: longer than 4 MiB");

    String quoted = "y\n".repeat(LineLimit.MOST_CHARACTERS / 2);
    Files.writeString(file, "a,b\n\"" + quoted + "\",c\n");
    try (var lines = PlainFile.lines(file)) {
      assertThat(lines.lines()).hasSizeGreaterThan(1000);
    }
    assertThatThrownBy(
            () -> {
              try (var table = PlainFile.table(file)) {
                while (table.read() >= 0) {
                  continue;
                }
              }
            })
        .isInstanceOf(LineTooLong.class);
  }

  private interface Writing {
    void now() throws Exception;
  }

  private static void refused(Writing writing) {
    assertThatThrownBy(writing::now)
        .isInstanceOf(FileRefused.class)
        .hasMessageContaining("is a link to ");
  }
}
