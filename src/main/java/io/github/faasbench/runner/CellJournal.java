package io.github.faasbench.runner;

import io.github.faasbench.plan.Cell;
import java.io.IOException;

/** Keeps how far a run has come, so that it can go on after a stop. */
public interface CellJournal {

  /** Keeps nothing. */
  CellJournal NONE =
      new CellJournal() {
        @Override
        public boolean isDone(Cell cell) {
          return false;
        }

        @Override
        public void started(Cell cell) {}

        @Override
        public void ended(Cell cell, long rows) {}
      };

  /** Whether the cell was done before this run went on; then it is not run again. */
  boolean isDone(Cell cell);

  /** The cell begins; nothing of it is written yet. */
  void started(Cell cell) throws IOException;

  /** The cell made all its calls, and so many rows, which are on disk. */
  void ended(Cell cell, long rows) throws IOException;
}
