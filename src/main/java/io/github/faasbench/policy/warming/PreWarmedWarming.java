package io.github.faasbench.policy.warming;

import io.github.faasbench.policy.WarmingPolicy;

/** Pulls the image, so that a call only creates its container (thesis 5.5.1). */
public final class PreWarmedWarming implements WarmingPolicy {

  @Override
  public Preparation preparation() {
    return Preparation.IMAGE;
  }
}
