package io.github.faasbench.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes several things, the last one first, each whatever became of the others. */
final class Closeables implements AutoCloseable {

  interface Close {
    void run() throws IOException;
  }

  private final Deque<Close> all = new ArrayDeque<>();

  void add(Close one) {
    all.push(one);
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (Close one : all) {
      try {
        one.run();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
