package io.github.faasbench.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An enum's constants as the file writes them: in lower case with hyphens. */
final class Constants {

  private Constants() {}

  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The constant that {@code text} names, or the fallback and a problem.
   *
   * @param later constants that are known but have no behaviour yet
   */
  static <E extends Enum<E>> E read(Value value, String text, E fallback, Set<E> later) {
    List<String> allowed =
        Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
            .filter(constant -> !later.contains(constant))
            .map(Constants::written)
            .toList();
    var names = new ArrayList<String>();
    for (E constant : fallback.getDeclaringClass().getEnumConstants()) {
      String name = written(constant);
      if (name.equals(text) && later.contains(constant)) {
        value.notYetSupported(Problems.quote(text), allowed);
        return fallback;
      }
      if (name.equals(text)) {
        return constant;
      }
      names.add(name);
    }
    value.problem(
        "unknown value "
            + Problems.quote(text)
            + Problems.allowed(allowed)
            + Problems.meant(text, names));
    return fallback;
  }
}
