package io.github.faasbench.policy.warming;

import io.github.faasbench.policy.WarmingPolicy;

/**
 * Starts the function's own process, so that a call is one line to it: what platforms call warm.
 */
public final class ResidentWarming implements WarmingPolicy {

  @Override
  public Preparation preparation() {
    return Preparation.RESIDENT;
  }
}
