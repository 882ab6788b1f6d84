package io.github.faasbench.metrics;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Writes {@code containers.csv}: one row per life of a container that waited for calls, as it ends.
 * Without such containers there is no file.
 */
public final class ContainersSink implements CompanionSink {

  static final List<String> HEADER =
      List.of(
          "experiment",
          "run",
          "cell",
          "repetition",
          "function",
          "policy",
          "warming",
          "keep_alive",
          "workload",
          "node",
          "container",
          "made_by",
          "created_at",
          "ready_at",
          "first_used_at",
          "uses",
          "busy_s",
          "idle_s",
          "memory_bytes",
          "idle_mib_s",
          "ended_at",
          "ended_by");

  private final Companion file;
  private final boolean flushEachRow;

  /**
   * One for that run's folder.
   *
   * @param flushEachRow or in blocks and at each cell's end
   */
  public ContainersSink(RunFolder folder, boolean flushEachRow) {
    this.flushEachRow = flushEachRow;
    file = new Companion(folder.containersFile(), HEADER);
  }

  /** The columns, in the order of the file. */
  public static List<String> header() {
    return HEADER;
  }

  @Override
  public Companion file() {
    return file;
  }

  @Override
  public void ended(ContainerLife life) throws IOException {
    ContainerLife.Cell cell = life.cell();
    file.row(
        Arrays.asList(
            CsvText.text(cell.experiment()),
            cell.run(),
            cell.cell(),
            cell.repetition(),
            CsvText.text(life.function()),
            CsvText.text(cell.policy()),
            CsvText.text(cell.warming()),
            CsvText.text(cell.keepAlive()),
            CsvText.text(cell.workload()),
            CsvText.text(life.node()),
            CsvText.text(life.container()),
            life.madeBy().text(),
            CsvText.instant(life.createdAt()),
            CsvText.instant(life.readyAt()),
            life.firstUsedAt() == null ? "" : CsvText.instant(life.firstUsedAt()),
            life.uses(),
            life.busySeconds(),
            life.idleSeconds(),
            life.memoryBytes() == 0 ? "" : life.memoryBytes(),
            life.idleMebibyteSeconds(),
            CsvText.instant(life.endedAt()),
            life.end().text()));
    if (flushEachRow) {
      file.flush();
    }
  }
}
