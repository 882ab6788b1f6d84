package io.github.faasbench.cluster.ssh;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for waiting on SSH: virtual where the JVM has them (21), else cached daemon threads. */
final class DaemonThreads {
  private DaemonThreads() {}

  static ExecutorService start() {
    try {
      // By name, since the code is compiled for Java 17.
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException | UnsupportedOperationException e) {
      return Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "faasbench-node");
            thread.setDaemon(true);
            return thread;
          });
    }
  }
}
