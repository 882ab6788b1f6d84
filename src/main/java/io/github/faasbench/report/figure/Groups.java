package io.github.faasbench.report.figure;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Something for each group of calls, in the order of their first calls. */
public final class Groups<T> {

  private record Entry<T>(GroupKey key, T value) {}

  private final List<Column> columns;
  private final Function<GroupKey, T> make;
  private final Map<GroupKey, Entry<T>> all = new LinkedHashMap<>();
  private final Map<String, Entry<T>> lastOfFunction = new HashMap<>();

  /**
   * @param make what a group has at its first call
   */
  public Groups(List<Column> columns, Function<GroupKey, T> make) {
    this.columns = List.copyOf(columns);
    this.make = make;
  }

  /** That of the row's group. Rows of a group come in long series, at least those of a function. */
  public T of(Invocation row) {
    Entry<T> last = lastOfFunction.get(row.function());
    if (last == null || !last.key().holds(row)) {
      last =
          all.computeIfAbsent(GroupKey.of(row, columns), key -> new Entry<>(key, make.apply(key)));
      lastOfFunction.put(row.function(), last);
    }
    return last.value();
  }

  /** All of them. */
  public Map<GroupKey, T> all() {
    Map<GroupKey, T> values = new LinkedHashMap<>();
    all.forEach((key, entry) -> values.put(key, entry.value()));
    return values;
  }
}
