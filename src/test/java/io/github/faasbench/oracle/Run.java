package io.github.faasbench.oracle;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the cells of an experiment came to, by one seed. */
final class Run implements RecordSink {

  private final int calls;
  private final Map<String, Sample> cells = new LinkedHashMap<>();
  private String name = "";
  private Sample current;

  /**
   * @param calls of each cell
   */
  Run(int calls) {
    this.calls = calls;
  }

  @Override
  public void accept(Invocation call) {
    if (current == null || !name.equals(call.cell())) {
      name = call.cell();
      String factors = call.policy() + " " + call.workload() + " " + call.keepAlive();
      current = cells.computeIfAbsent(factors, key -> new Sample(calls));
    }
    current.accept(call);
  }

  @Override
  public void close() {}

  /** The only cell in whose policy, workload and keepAlive all these words stand. */
  Sample cell(String words) {
    List<Sample> found = new ArrayList<>();
    cells.forEach(
        (factors, sample) -> {
          if (List.of(words.split(" ")).stream().allMatch(factors::contains)) {
            found.add(sample);
          }
        });
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          found.size() + " cells are meant by '" + words + "': " + cells.keySet());
    }
    return found.get(0);
  }
}
