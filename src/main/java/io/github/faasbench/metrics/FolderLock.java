package io.github.faasbench.metrics;

import io.github.faasbench.files.FileRefused;
import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The operating system's lock on an output folder: one process writes it at a time. The system lets
 * go of it when the process ends, however it ends, so no stale lock needs removing.
 */
public final class FolderLock implements AutoCloseable {

  static final String FILE_NAME = ".faasbench.lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder, which is made when it is absent.
   *
   * @throws RecordsException the folder can't be written, or another process holds it
   */
  public static FolderLock acquire(Path folder) throws RecordsException {
    FileChannel channel = open(folder);
    try {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return new FolderLock(channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new RecordsException(
          folder + ": the output folder cannot be locked (" + FileErrors.of(e) + "); use --out DIR",
          e);
    }
    throw new RecordsException(
        folder
            + ": another faasbench run is writing to this folder; wait for it to end, or choose"
            + " another one with --out DIR");
  }

  private static FileChannel open(Path folder) throws RecordsException {
    try {
      OwnFiles.root(folder);
      return OwnFiles.open(
          folder.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (FileRefused e) {
      throw new RecordsException(e.getMessage(), e);
    } catch (IOException e) {
      throw new RecordsException(
          folder
              + ": the output folder cannot be written ("
              + FileErrors.of(e)
              + "); make it writable, or choose another one with --out DIR",
          e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
