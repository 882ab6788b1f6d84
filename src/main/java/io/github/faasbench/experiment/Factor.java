package io.github.faasbench.experiment;

/** What an experiment varies besides its functions, in the order of a cell's name. */
public enum Factor {
  POLICY("policy"),
  WARMING("warming"),
  WORKLOAD("workload"),
  KEEP_ALIVE("keepAlive");

  private final String key;

  Factor(String key) {
    this.key = key;
  }

  /** Its key in the experiment file. */
  public String key() {
    return key;
  }
}
