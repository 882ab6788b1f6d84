package io.github.faasbench.policy.warming;

import io.github.faasbench.policy.WarmingPolicy;

/** Prepares nothing: a call pulls the image, and it is removed again after it (thesis 5.5.1). */
public final class ColdWarming implements WarmingPolicy {

  @Override
  public Preparation preparation() {
    return Preparation.NOTHING;
  }
}
