package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.RunRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * A node's Docker engine, one way or the other. All methods block and are called from threads made
 * for waiting; they throw {@link NodeException} with what the user should know, or {@link
 * IOException} when the connection or the answer broke.
 *
 * <p>Both ways run a function as exactly the command of its request: the image's entry point is
 * cleared when a command is given, so that a new container and an exec in a waiting one do the same
 * work.
 */
interface Engine {

  /** Reaches the engine for the first time. */
  void connect() throws NodeException, IOException;

  Inventory inventory() throws NodeException, IOException;

  PullResult pull(String image) throws NodeException, IOException;

  /**
   * Ends the pulls that are under way, and begins no more. Does not wait.
   *
   * @return whether one may go on at the node all the same
   */
  default boolean endPulls() {
    return false;
  }

  /** Takes over the images of an archive as {@code docker save} writes it. */
  void load(InputStream archive) throws NodeException, IOException;

  void removeImage(String image) throws NodeException, IOException;

  CallResult run(RunRequest request) throws NodeException, IOException;

  void startWaiting(RunRequest request) throws NodeException, IOException;

  CallResult exec(RunRequest request) throws NodeException, IOException;

  /**
   * The containers in which the function's own process takes the calls.
   *
   * @throws NodeException this way to the engine has none
   */
  default Residents residents() throws NodeException {
    throw new NodeException(
        NodeFailure.Kind.ENGINE, "a resident process is called over the Engine API: engine: api");
  }

  void removeContainer(String name) throws NodeException, IOException;

  /** Facts under the names of {@link NodeExamination}; among them its id and version. */
  Map<String, String> facts() throws NodeException, IOException;

  /** One round trip of the kept connection, in nanoseconds; -1 when this way has none. */
  long roundTripNanos() throws NodeException, IOException;
}
