package io.github.faasbench.policy.warming;

import io.github.faasbench.policy.WarmingPolicy;

/** As {@link ResidentWarming}, and the container takes no processor time between calls. */
public final class PausedWarming implements WarmingPolicy {

  @Override
  public Preparation preparation() {
    return Preparation.PAUSED;
  }
}
