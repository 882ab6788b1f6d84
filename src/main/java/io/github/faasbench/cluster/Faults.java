package io.github.faasbench.cluster;

/**
 * Faults that are done to nodes on purpose, and undone. As with a node's methods each answers once,
 * on the loop, and none blocks it.
 */
public interface Faults {

  /** Of a cluster to whose nodes nothing is done. */
  Faults NONE =
      new Faults() {
        @Override
        public void begin(Fault fault, Callback<Long> done) {
          done.failed(refusal(fault));
        }

        @Override
        public void end(Fault fault, Callback<Long> done) {
          done.failed(refusal(fault));
        }

        private NodeFailure refusal(Fault fault) {
          return new NodeFailure(
              NodeFailure.Kind.ENGINE, fault.node(), "no fault can be done to its nodes", false);
        }
      };

  /** What is done to a node. */
  enum Kind {
    /** Its SSH server ends, with all connections; no new one is let in. */
    STOP_SSH,
    /** All its processes stand still. */
    FREEZE,
    /** No packet reaches it or comes from it. */
    CUT,
    /** Its Docker engine ends, with all containers; images stay. */
    STOP_ENGINE,
    /** It gets a part of its processor time. */
    SLOW
  }

  /**
   * A fault; a node has one at a time.
   *
   * @param node the node's name
   * @param factor by which {@link Kind#SLOW} divides its processor time; 1 of any other
   */
  record Fault(Kind kind, String node, double factor) {}

  /** Does it; answers with when it was in force, in nanoseconds of the loop's clock. */
  void begin(Fault fault, Callback<Long> done);

  /**
   * Undoes it; answers with when the node was as before, in nanoseconds of the loop's clock. The
   * node may still have to be reached anew.
   */
  void end(Fault fault, Callback<Long> done);
}
