package io.github.faasbench.cluster.sim;

import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.FunctionSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The functions' models by name and by image. Where functions have one image, its pull is that of
 * the first.
 */
final class Models {

  private final Map<String, Model> byFunction = new HashMap<>();
  private final Map<String, Model> byImage = new LinkedHashMap<>();

  /** The one that was asked for last, which is often asked for again. */
  private Model last;

  Models(List<FunctionSpec> functions, SimCluster.Seeds seeds) {
    for (FunctionSpec function : functions) {
      Model first = byImage.get(Inventory.withTag(function.image()));
      int image = first == null ? byImage.size() : first.imageNumber;
      Model model = new Model(function, image, seeds);
      byFunction.put(model.function, model);
      byImage.putIfAbsent(model.image, model);
    }
  }

  /** The first with that image; null: none has. */
  Model ofImage(String image) {
    return byImage.get(Inventory.withTag(image));
  }

  /** By the function's name; else, for what belongs to none, by the image; null: no such image. */
  Model of(RunRequest request) {
    String function = request.demand().function();
    if (last == null || !last.function.equals(function)) {
      last = byFunction.get(function);
    }
    return last != null && last.isOf(request.image()) ? last : ofImage(request.image());
  }

  /** The tags of the images that are there, with their ids. */
  Map<String, String> tags(Images images) {
    Map<String, String> tags = new TreeMap<>();
    byImage.forEach(
        (tag, model) -> {
          if (images.has(model)) {
            tags.put(tag, "simulated:" + tag);
          }
        });
    return tags;
  }
}
