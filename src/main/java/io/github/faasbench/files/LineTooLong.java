package io.github.faasbench.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A line of a text file is longer than any that is read; the message has its place. */
public final class LineTooLong extends FileSystemException {

  private static final long serialVersionUID = 1L;

  private final long line;

  LineTooLong(Path file, long line) {
    super(
        file.toString(),
        null,
        "longer than "
            + (LineLimit.MOST_CHARACTERS >> 20)
            + " MiB, as no line of such a file is; is it the right file?");
    this.line = line;
  }

  @Override
  public String getMessage() {
    return getFile() + ":" + line + ": " + getReason();
  }
}
