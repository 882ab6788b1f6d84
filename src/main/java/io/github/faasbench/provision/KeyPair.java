package io.github.faasbench.provision;

import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.files.PlainFile;
import io.github.faasbench.provision.ProcessRunner.Command;
import io.github.faasbench.provision.ProcessRunner.Outcome;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The ed25519 key pair that lets faasbench into the nodes it brings up: {@code
 * .faasbench/id_ed25519}, made once, readable by its owner only.
 *
 * @param privateKey path of the private key
 * @param publicKey the public key's line, as {@code authorized_keys} takes it
 */
public record KeyPair(Path privateKey, String publicKey) {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The pair in the folder, made when it isn't there. */
  @SuppressWarnings("try") // the lock is held, not used
  public static KeyPair in(Path folder, ProcessRunner runner)
      throws ProvisionException, InterruptedException {
    Path key = folder.resolve("id_ed25519");
    try (var lock = FolderLock.take(folder)) {
      if (!Files.exists(key)) {
        // Made under another name: a stopped ssh-keygen leaves no half key under the real one.
        Path part = folder.resolve("id_ed25519.part");
        OwnFiles.remove(part);
        OwnFiles.remove(publicPart(part));
        keygen(runner, "-q", "-t", "ed25519", "-N", "", "-C", "faasbench", "-f", part.toString());
        OwnFiles.check(publicPart(key));
        OwnFiles.check(key); // a link that leads nowhere
        OwnFiles.move(publicPart(part), publicPart(key));
        OwnFiles.move(part, key);
      }
      restrict(key);
      return new KeyPair(key, publicLine(key, runner));
    } catch (IOException e) {
      throw ProvisionException.mistake(
          "the key pair "
              + key
              + " can't be made or read: "
              + FileErrors.withFile(e)
              + "; check the folder's owner");
    }
  }

  /** The public key in the folder; none is made. */
  public static Optional<String> publicKeyIn(Path folder) throws IOException {
    Path file = publicPart(folder.resolve("id_ed25519"));
    return Files.isRegularFile(file) ? Optional.of(PlainFile.text(file).strip()) : Optional.empty();
  }

  private static String publicLine(Path key, ProcessRunner runner)
      throws IOException, ProvisionException, InterruptedException {
    Path file = publicPart(key);
    if (!Files.exists(file)) {
      String line = String.join("\n", keygen(runner, "-y", "-f", key.toString()).output());
      OwnFiles.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    String line = PlainFile.text(file).strip();
    if (!line.startsWith("ssh-") || line.contains("\n")) {
      throw ProvisionException.mistake(
          file + " is no public key: remove it, and faasbench writes it anew from " + key);
    }
    return line;
  }

  private static Path publicPart(Path key) {
    return key.resolveSibling(key.getFileName() + ".pub");
  }

  private static void restrict(Path key) throws IOException {
    boolean elsewhere = Files.isSymbolicLink(key); // somebody's own, who sees to it
    if (!elsewhere && key.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static Outcome keygen(ProcessRunner runner, String... arguments)
      throws ProvisionException, InterruptedException {
    var words = new java.util.ArrayList<>(List.of("ssh-keygen"));
    words.addAll(List.of(arguments));
    Outcome outcome = runner.run(Command.of(LIMIT, words));
    if (outcome.notFound()) {
      throw ProvisionException.mistake(
          "there is no ssh-keygen in PATH, and the nodes need a key pair: install the OpenSSH client"
              + " (Debian, Ubuntu: apt-get install openssh-client), or put an ed25519 key pair at"
              + " .faasbench/id_ed25519");
    }
    if (!outcome.ok()) {
      throw ProvisionException.mistake(
          "ssh-keygen could not make or read a key (exit code "
              + outcome.exitCode()
              + "): "
              + String.join(" ", outcome.tail()));
    }
    return outcome;
  }
}
