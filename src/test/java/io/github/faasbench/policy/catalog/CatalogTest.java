package io.github.faasbench.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.policy.WarmingPolicy;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.random.Stream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands behind the names. */
class CatalogTest {

  @Test
  void eachWarmingPreparesWhatItsNameSays() {
    Map<String, Preparation> prepared = new LinkedHashMap<>();
    for (Entry<WarmingPolicy> entry : Catalog.warming()) {
      WarmingPolicy warming = entry.factory().create(Map.of(), new Stream(1));
      prepared.put(entry.name(), warming.preparation());
    }
    assertThat(prepared)
        .containsExactly(
            Map.entry("cold", Preparation.NOTHING),
            Map.entry("pre-warmed", Preparation.IMAGE),
            Map.entry("warmed", Preparation.CONTAINER),
            Map.entry("paused", Preparation.PAUSED),
            Map.entry("resident", Preparation.RESIDENT));
  }
}
