package io.github.faasbench.experiment;

import java.util.Map;
import java.util.TreeMap;

/**
 * A named value with parameters, such as {@code power-of-d: {d: 2}}: the value of a factor (policy,
 * workload, keepAlive) or of a key with alternatives (loadProbe, queue order).
 *
 * @param name the name, as listed in the {@link Vocabulary}
 * @param parameters every parameter by name, defaults filled in; values are Long, Double, Boolean,
 *     String, {@link java.time.Duration} or {@link Rate}
 */
public record Choice(String name, Map<String, Object> parameters) {

  public Choice {
    parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  public static Choice of(String name) {
    return new Choice(name, Map.of());
  }

  /** As a record's own, which Java makes at run time: a tenth of the start of a short command. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Choice choice
        && name.equals(choice.name)
        && parameters.equals(choice.parameters);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + parameters.hashCode();
  }

  /**
   * The stable short form used in cell ids, CSV and reports: {@code closed(clients=8,think=0s)}.
   */
  @Override
  public String toString() {
    if (parameters.isEmpty()) {
      return name;
    }
    var text = new StringBuilder(name).append('(');
    parameters.forEach(
        (key, value) ->
            text.append(text.charAt(text.length() - 1) == '(' ? "" : ",")
                .append(key)
                .append('=')
                .append(Units.show(value)));
    return text.append(')').toString();
  }
}
