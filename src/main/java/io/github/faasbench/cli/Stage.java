package io.github.faasbench.cli;

import java.time.Duration;
import java.util.List;

/** What a command is at, when it is asked to stop. All methods may be called by any thread. */
interface Stage {

  /** What happens now, for the user: it ends the sentence "stopping on SIGINT: …". */
  default String cleaning() {
    return "ending what was begun";
  }

  /** How long that may take. */
  default Duration limit() {
    return Duration.ofSeconds(5);
  }

  /** Asks the thread that is at work to stop. */
  default void stop(Thread worker) {
    worker.interrupt();
  }

  /** Whether the thread that is at work has heard it. */
  default boolean heard() {
    return true;
  }

  /** Cleans up in the place of a thread that does not hear; may block, and may be cut off. */
  default void rescue() {}

  /** What stays when it ends now, and how that goes; a line each. */
  default List<String> left() {
    return List.of();
  }

  /** How the user goes on; a line each. */
  default List<String> advice() {
    return List.of();
  }
}
