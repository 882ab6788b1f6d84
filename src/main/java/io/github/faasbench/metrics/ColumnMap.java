package io.github.faasbench.metrics;

import io.github.faasbench.words.NearestName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which columns of another tool's CSV hold what ours do. Columns that it does not name are looked
 * up by our own names; what is then absent counts as not measured.
 *
 * @param sources by our column; empty: the file is one of faasbench's
 */
public record ColumnMap(Map<Column, Source> sources) {

  /** A file of faasbench's own. */
  public static final ColumnMap NONE = new ColumnMap(Map.of());

  private static final Pattern PAIR =
      Pattern.compile("([a-z_]+)=(.+?)(?:/(\\d+(?:\\.\\d+)?(?:[eE]\\d+)?))?");

  /**
   * A column of the file.
   *
   * @param divisor turns its unit into ours: 1000 for milliseconds
   */
  public record Source(String header, double divisor) {}

  public ColumnMap {
    sources = Map.copyOf(sources);
  }

  /**
   * Reads {@code OURS=THEIRS} and {@code OURS=THEIRS/DIVISOR}.
   *
   * @throws RecordsException a pair is none, or names no column of ours
   */
  public static ColumnMap parse(List<String> pairs) throws RecordsException {
    Map<Column, Source> sources = new EnumMap<>(Column.class);
    for (String pair : pairs) {
      Matcher parts = PAIR.matcher(pair.strip());
      if (!parts.matches()) {
        throw new RecordsException(
            "--columns: `"
                + pair
                + "` is no pair; write OURS=THEIRS, such as latency_s=duration, or with a divisor"
                + " latency_s=duration_ms/1000");
      }
      Optional<Column> ours = Column.named(parts.group(1));
      if (ours.isEmpty()) {
        throw new RecordsException(
            "--columns: no column `"
                + parts.group(1)
                + "`; there are "
                + String.join(", ", Column.headers())
                + NearestName.asked(parts.group(1), Column.headers()));
      }
      double divisor = parts.group(3) == null ? 1 : Double.parseDouble(parts.group(3));
      if (divisor == 0) {
        throw new RecordsException("--columns: `" + pair + "` divides by 0");
      }
      sources.put(ours.get(), new Source(parts.group(2), divisor));
    }
    return new ColumnMap(sources);
  }

  boolean isForeign() {
    return !sources.isEmpty();
  }

  String header(Column column) {
    return sources.containsKey(column) ? sources.get(column).header() : column.header();
  }

  double divisor(Column column) {
    return sources.containsKey(column) ? sources.get(column).divisor() : 1;
  }
}
