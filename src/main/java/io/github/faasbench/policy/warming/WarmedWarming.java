package io.github.faasbench.policy.warming;

import io.github.faasbench.policy.WarmingPolicy;

/** Starts a container that waits, so that a call only starts its process (thesis 5.5.1). */
public final class WarmedWarming implements WarmingPolicy {

  @Override
  public Preparation preparation() {
    return Preparation.CONTAINER;
  }
}
