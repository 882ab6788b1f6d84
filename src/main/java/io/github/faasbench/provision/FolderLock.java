package io.github.faasbench.provision;

import io.github.faasbench.files.OwnFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps other threads and processes away from {@code .faasbench/} while it is changed. */
final class FolderLock implements AutoCloseable {

  // A file lock belongs to the whole process: a second thread would get an exception, not wait.
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final FileChannel channel;
  private final FileLock lock;

  private FolderLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  static FolderLock take(Path folder) throws IOException {
    THREADS.lock();
    try {
      OwnFiles.root(folder);
      FileChannel channel =
          OwnFiles.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        return new FolderLock(channel, channel.lock());
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      THREADS.unlock();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      lock.release();
      channel.close();
    } finally {
      THREADS.unlock();
    }
  }
}
