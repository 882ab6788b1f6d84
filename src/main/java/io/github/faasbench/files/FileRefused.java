package io.github.faasbench.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that is not touched, for what it is; the message names it and says what to do. */
public final class FileRefused extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason what the file is, and what to do
   */
  public FileRefused(Path file, String reason) {
    super(file.toString(), null, reason);
  }
}
