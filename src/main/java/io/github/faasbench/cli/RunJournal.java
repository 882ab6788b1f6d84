package io.github.faasbench.cli;

import io.github.faasbench.metrics.CellKey;
import io.github.faasbench.metrics.Companion;
import io.github.faasbench.metrics.CsvSink;
import io.github.faasbench.metrics.Journal;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.runner.CellJournal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Journals a run's cells, with the sizes of its files as each begins.
 *
 * @param done the cells that were done before the run went on
 */
record RunJournal(Journal journal, Set<CellKey> done, CsvSink csv, List<Companion> companions)
    implements CellJournal {

  static CellKey key(Cell cell) {
    return new CellKey(cell.id(), cell.repetition());
  }

  @Override
  public boolean isDone(Cell cell) {
    return done.contains(key(cell));
  }

  @Override
  public void started(Cell cell) throws IOException {
    csv.cellBegins();
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put(csv.name(), csv.size());
    for (Companion companion : companions) {
      sizes.put(companion.name(), companion.size());
    }
    journal.started(key(cell), sizes);
  }

  @Override
  public void ended(Cell cell, long rows) throws IOException {
    journal.ended(key(cell), rows, csv.sha256OfCell());
  }
}
