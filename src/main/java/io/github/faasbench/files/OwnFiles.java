package io.github.faasbench.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the tool's files. Everything that it writes goes this way, so that nothing is written,
 * emptied or replaced through a link that lies in its folders, and nothing waits at a pipe. The
 * folder that the user names, and {@code .faasbench} itself, may be links. What replaces a file is
 * whole and on disk before it does, whenever the machine stops.
 */
public final class OwnFiles {

  private static final LinkOption NO_LINK = LinkOption.NOFOLLOW_LINKS;

  private OwnFiles() {}

  /** Makes a folder where it is absent; it may be a link, as the one that the user names. */
  public static Path root(Path folder) throws IOException {
    return Files.createDirectories(folder);
  }

  /**
   * Makes a folder within one of the tool's.
   *
   * @throws FileRefused it is a link, or no folder
   */
  public static Path folder(Path folder) throws IOException {
    if (kind(folder).isEmpty()) {
      Files.createDirectory(folder);
    }
    checkFolder(folder);
    return folder;
  }

  /**
   * A folder within one of the tool's is none that a link stands for.
   *
   * @throws FileRefused it is a link, or no folder
   */
  public static void checkFolder(Path folder) throws IOException {
    BasicFileAttributes kind = Files.readAttributes(folder, BasicFileAttributes.class, NO_LINK);
    if (!kind.isDirectory()) {
      throw refused(folder, kind, "folder");
    }
  }

  /**
   * The file can be written: it is a plain file, or not there.
   *
   * @throws FileRefused it is a link, a folder, a pipe, a socket or a device
   */
  public static void check(Path file) throws IOException {
    Optional<BasicFileAttributes> kind = kind(file);
    if (kind.isPresent() && !kind.get().isRegularFile()) {
      throw refused(file, kind.get(), "file");
    }
  }

  private static Optional<BasicFileAttributes> kind(Path file) throws IOException {
    try {
      return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, NO_LINK));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static FileRefused refused(Path file, BasicFileAttributes kind, String wanted)
      throws IOException {
    if (kind.isSymbolicLink()) {
      return new FileRefused(
          file,
          "is a link to "
              + Files.readSymbolicLink(file)
              + ", and nothing is written through a link there; remove it or move it away");
    }
    String is = kind.isRegularFile() ? "a file" : PlainFile.nameOf(kind);
    return new FileRefused(
        file, "is " + is + ", and a " + wanted + " is wanted there; move it away");
  }

  /** Opens a file to write into it, as the options say. */
  public static FileChannel open(Path file, OpenOption... options) throws IOException {
    check(file);
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    all.add(NO_LINK);
    return FileChannel.open(file, all);
  }

  /** A new file's stream; one of that name is in the way. */
  public static OutputStream create(Path file) throws IOException {
    return stream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Adds to a file, which is made where it is absent. */
  public static OutputStream append(Path file) throws IOException {
    return stream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static OutputStream stream(Path file, OpenOption... options) throws IOException {
    return new BufferedOutputStream(Channels.newOutputStream(open(file, options)), 1 << 16);
  }

  /** Writes a new file; one of that name is in the way. */
  public static void write(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = create(file)) {
      out.write(bytes);
    }
  }

  /** Puts a text in UTF-8 in the place of a file's, in one step; where that fails nothing stays. */
  public static void replace(Path file, String text) throws IOException {
    replace(file, text, StandardCharsets.UTF_8);
  }

  /** The same, in another encoding. */
  public static void replace(Path file, String text, Charset charset) throws IOException {
    check(file);
    Path part = part(file);
    try {
      try (FileChannel channel =
          open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        writeFully(channel, ByteBuffer.wrap(text.getBytes(charset)));
        channel.force(true);
      }
      move(part, file);
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  /** A name beside a file's for what will replace it; what a stop had left there is removed. */
  public static Path part(Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    if (kind(part).isPresent()) {
      check(part);
      Files.delete(part); // not emptied: it may be another name of another file
    }
    return part;
  }

  /** Gives a file or folder, which is on disk, its name in one step. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(to.toAbsolutePath().getParent());
  }

  /** Removes a file where it is there, or a link in its place, and never what that leads to. */
  public static void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** The names in a folder are on disk. */
  public static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return; // not every system opens folders; there it is up to the system
    }
  }

  /** All of the bytes. */
  public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
