package io.github.faasbench.words;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Errors of files and connections in words: Java's own message is often only the path, and its
 * class says nothing to a user.
 */
public final class FileErrors {

  private static final Map<Class<? extends IOException>, String> WORDS =
      Map.of(
          AccessDeniedException.class, "permission denied",
          NoSuchFileException.class, "no such file or folder",
          FileAlreadyExistsException.class, "a file of that name is in the way",
          NotDirectoryException.class, "it is no folder",
          DirectoryNotEmptyException.class, "the folder is not empty",
          CharacterCodingException.class, "not UTF-8",
          ClosedByInterruptException.class, "interrupted",
          ClosedChannelException.class, "it was closed meanwhile");

  private FileErrors() {}

  /** The cause, without the file's name, in one line, such as {@code permission denied}. */
  public static String of(Throwable e) {
    if (e instanceof UncheckedIOException && e.getCause() != null) {
      return of(e.getCause());
    }
    for (Class<?> kind = e.getClass(); kind != null; kind = kind.getSuperclass()) {
      if (WORDS.containsKey(kind)) {
        return WORDS.get(kind);
      }
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return decapitalized(file.getReason());
    }
    if (e instanceof UnknownHostException) {
      return "the host's name is not known: " + e.getMessage();
    }
    return message(e);
  }

  /** The cause behind the file that it is about, such as {@code out/a.csv: permission denied}. */
  public static String withFile(Throwable e) {
    return file(e).map(file -> file + ": " + of(e)).orElseGet(() -> of(e));
  }

  private static Optional<String> file(Throwable e) {
    Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
    return cause instanceof FileSystemException file
        ? Optional.ofNullable(file.getFile())
        : Optional.empty();
  }

  /** A message that names a Java class is the message of the cause behind it. */
  private static String message(Throwable e) {
    String message = e.getMessage();
    boolean wrapped = e.getCause() != null && e.getCause().toString().equals(message);
    if (wrapped) {
      return of(e.getCause());
    }
    if (message != null && !message.isBlank()) {
      return message.equals("Is a directory") ? "it is a folder" : message.strip();
    }
    return e instanceof EOFException ? "it ends too soon" : name(e);
  }

  /** {@code ClosedSelectorException}: closed selector. */
  private static String name(Throwable e) {
    return e.getClass()
        .getSimpleName()
        .replaceFirst("(Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static String decapitalized(String reason) {
    return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
