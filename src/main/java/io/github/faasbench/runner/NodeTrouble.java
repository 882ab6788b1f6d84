package io.github.faasbench.runner;

/** A node or its engine can't be reached or does not do what a cell needs before its load. */
public final class NodeTrouble extends Exception {

  private static final long serialVersionUID = 1L;

  public NodeTrouble(String message) {
    super(message);
  }
}
