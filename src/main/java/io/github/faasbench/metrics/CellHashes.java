package io.github.faasbench.metrics;

import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the lines of each cell and hashes them; a cell's stand together in the file, as a rule.
 */
final class CellHashes {

  private final Map<CellKey, Long> counts = new HashMap<>();
  private final Map<CellKey, String> hashes = new HashMap<>();
  private final MessageDigest digest = RunFolder.newSha256();
  private CellKey current;

  /**
   * @param line with its end
   */
  void add(CellKey cell, byte[] line) {
    if (!cell.equals(current)) {
      endCurrent();
      current = cell;
    }
    counts.merge(cell, 1L, Long::sum);
    digest.update(line);
  }

  /** What was added of a cell; without a hash where its lines stood apart. */
  Journaled.Rows of(CellKey cell) {
    endCurrent();
    return new Journaled.Rows(counts.getOrDefault(cell, 0L), Optional.ofNullable(hashes.get(cell)));
  }

  private void endCurrent() {
    if (current != null) {
      String hash = HexFormat.of().formatHex(digest.digest());
      // Null stays: there is no hash of two parts, which no run writes.
      hashes.put(current, hashes.containsKey(current) ? null : hash);
      current = null;
    }
  }
}
