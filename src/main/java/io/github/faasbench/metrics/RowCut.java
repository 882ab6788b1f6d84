package io.github.faasbench.metrics;

import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.files.PlainFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Moves the rows of a run's unfinished cell out of {@code metrics.csv}. Rows are told by what
 * stands in them and not by their place, so that those of other runs stay, whoever wrote after
 * whom. Where the rows stand last, as a rule, the file is cut there; else it is replaced by one
 * without them.
 */
final class RowCut {

  /** Rows begin with experiment, run, cell, repetition. */
  private static final int RUN = 1;

  private final Path csv;
  private final String run;
  private final Journaled journal;

  /** From here on a line that is no row is what a crash left of the unfinished cell. */
  private final long unfinishedFrom;

  private final CellHashes kept = new CellHashes();
  private long cut;
  private long firstCut = -1;
  private boolean othersAfter;

  private RowCut(Path csv, String run, Journaled journal) {
    this.csv = csv;
    this.run = run;
    this.journal = journal;
    unfinishedFrom =
        journal
            .unfinished()
            .map(started -> started.sizes().get(csv.getFileName().toString()))
            .orElse(Long.MAX_VALUE);
  }

  /**
   * Moves them.
   *
   * @param aside the file that gets them, after a header; it is not made when there are none
   * @return how many lines were moved
   * @throws RecordsException rows of finished cells are missing or too many; nothing is changed
   */
  static long of(Path csv, String run, Journaled journal, Path aside) throws IOException {
    var rows = new RowCut(csv, run, journal);
    if (Files.exists(csv)) {
      rows.eachLine(0, rows::look);
    }
    rows.check();
    if (rows.cut > 0) {
      rows.move(aside);
    }
    return rows.cut;
  }

  private interface LineTaker {
    void take(byte[] line, long start) throws IOException;
  }

  private void look(byte[] line, long start) {
    CellKey cell = cellOf(line);
    if (isUnfinished(cell, line, start)) {
      cut++;
      firstCut = firstCut < 0 ? start : firstCut;
      return;
    }
    othersAfter |= firstCut >= 0;
    if (cell != null) {
      kept.add(cell, line);
    }
  }

  private boolean isUnfinished(CellKey cell, byte[] line, long start) {
    return cell == null
        ? start >= unfinishedFrom && !isRow(line)
        : !journal.ended().containsKey(cell);
  }

  /** Of a row of this run; null: it is another line. */
  private CellKey cellOf(byte[] line) {
    List<String> cells = cells(line);
    if (cells.size() <= RUN + 2 || !cells.get(RUN).equals(run)) {
      return null;
    }
    try {
      return new CellKey(cells.get(RUN + 1), Integer.parseInt(cells.get(RUN + 2)));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean isRow(byte[] line) {
    return cells(line).size() == Column.ALL.size();
  }

  private static List<String> cells(byte[] line) {
    try {
      return CsvRecords.cells(new String(line, StandardCharsets.UTF_8).stripTrailing());
    } catch (BadRow e) {
      return List.of();
    }
  }

  private void check() throws RecordsException {
    for (Map.Entry<CellKey, Journaled.Rows> ended : journal.ended().entrySet()) {
      Journaled.Rows written = ended.getValue();
      Journaled.Rows found = kept.of(ended.getKey());
      if (found.count() == written.count()
          && written.sha256().isPresent()
          && !found.sha256().equals(written.sha256())) {
        throw new RecordsException(
            csv
                + ": rows of run "
                + run
                + ", cell "
                + ended.getKey().cell()
                + ", repetition "
                + ended.getKey().repetition()
                + ", are not as the run had written them: the file was changed since, and the run"
                + " can't go on with it; put it back, or start anew without --resume");
      }
      if (found.count() != written.count()) {
        throw new RecordsException(
            csv
                + ": has "
                + found.count()
                + " rows of run "
                + run
                + ", cell "
                + ended.getKey().cell()
                + ", repetition "
                + ended.getKey().repetition()
                + ", of which the run had written "
                + written.count()
                + ": the file was changed since, and the run can't go on with it; put it back, or"
                + " start anew without --resume");
      }
    }
  }

  private void move(Path aside) throws IOException {
    Path part = OwnFiles.part(csv);
    try (OutputStream moved = OwnFiles.create(aside)) {
      moved.write((String.join(",", Column.headers()) + "\n").getBytes(StandardCharsets.UTF_8));
      if (othersAfter) {
        try (OutputStream stay = OwnFiles.create(part)) {
          copyStart(stay);
          split(moved, stay);
        }
      } else {
        split(moved, OutputStream.nullOutputStream());
      }
    }
    force(aside);
    OwnFiles.forceFolder(aside.getParent());
    if (othersAfter) {
      force(part);
      OwnFiles.move(part, csv);
    } else {
      try (FileChannel channel = OwnFiles.open(csv, StandardOpenOption.WRITE)) {
        channel.truncate(firstCut);
        channel.force(true);
      }
    }
  }

  private void split(OutputStream moved, OutputStream stay) throws IOException {
    eachLine(
        firstCut,
        (line, start) ->
            (isUnfinished(cellOf(line), line, start) ? moved : stay).write(line, 0, line.length));
  }

  private void copyStart(OutputStream to) throws IOException {
    try (InputStream in = new BufferedInputStream(PlainFile.open(csv))) {
      byte[] block = new byte[1 << 16];
      for (long left = firstCut; left > 0; ) {
        int read = in.read(block, 0, (int) Math.min(block.length, left));
        to.write(block, 0, read);
        left -= read;
      }
    }
  }

  /** Lines with their ends; the last one is whole. */
  private void eachLine(long from, LineTaker taker) throws IOException {
    try (InputStream file = PlainFile.open(csv);
        InputStream in = new BufferedInputStream(file, 1 << 16)) {
      in.skipNBytes(from);
      var line = new ByteArrayOutputStream(512);
      long start = from;
      for (int next = in.read(); next >= 0; next = in.read()) {
        line.write(next);
        if (next == '\n') {
          taker.take(line.toByteArray(), start);
          start += line.size();
          line.reset();
        }
      }
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = OwnFiles.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
