package io.github.faasbench.metrics;

import io.github.faasbench.files.FileRefused;
import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a stopped run had measured of the cell that it stopped in: kept aside when it goes on. */
public final class UnfinishedCell {

  private UnfinishedCell() {}

  /**
   * Moves its rows and the outputs of its failed calls into files of their own in the run's folder,
   * so that the run's files are as they were when the cell began. Call it with the folder locked
   * and the files closed.
   *
   * @return what was moved where, one line each
   * @throws RecordsException rows of finished cells are not as the run had written them; nothing is
   *     changed then
   */
  public static List<String> putAside(
      RunFolder run, Journaled journal, Path csv, List<Companion> companions)
      throws RecordsException {
    try {
      return carryOut(run, journal, csv, companions);
    } catch (FileRefused e) {
      throw new RecordsException(e.getMessage(), e);
    } catch (RecordsException e) {
      throw e;
    } catch (IOException e) {
      throw new RecordsException(
          run.path()
              + ": the rows of the unfinished cell can't be put there ("
              + FileErrors.of(e)
              + "); put that right and --resume again",
          e);
    }
  }

  private static List<String> carryOut(
      RunFolder run, Journaled journal, Path csv, List<Companion> companions) throws IOException {
    List<String> notices = new ArrayList<>();
    if (Files.exists(csv)) {
      CsvSink.checkHeader(csv);
      notices.addAll(CsvSink.repair(csv));
    }
    PutAside aside = PutAside.of(run, journal.unfinished().map(Journaled.Started::cell));
    long rows = RowCut.of(csv, run.id(), journal, aside.records());
    if (rows > 0) {
      notices.add(
          "the unfinished cell begins again; the rows that it had ("
              + rows
              + ") are now in "
              + aside.records());
    }
    if (journal.unfinished().isPresent()) {
      Journaled.Started started = journal.unfinished().get();
      for (Companion companion : companions) {
        long size = started.sizes().getOrDefault(companion.name(), 0L);
        companion.cut(size, aside.companion(companion.name()));
      }
      moveOutputs(run, started.cell(), aside);
    }
    return notices;
  }

  private static void moveOutputs(RunFolder run, CellKey cell, PutAside aside) throws IOException {
    if (!Files.exists(run.outputs(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    OwnFiles.checkFolder(run.outputs());
    Pattern name = Pattern.compile(Pattern.quote(RunFolder.fileName(cell)) + "-\\d+(-\\d+)?\\.txt");
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(run.outputs())) {
      all.forEach(files::add);
    }
    files.removeIf(file -> !name.matcher(file.getFileName().toString()).matches());
    for (Path file : files) {
      Path folder = OwnFiles.folder(aside.companion("outputs"));
      OwnFiles.move(file, folder.resolve(file.getFileName()));
    }
  }
}
