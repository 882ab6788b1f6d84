package io.github.faasbench.metrics;

import io.github.faasbench.files.PlainFile;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run's {@link Journal} says.
 *
 * @param ended the cells that are done, in their order, to their rows
 * @param unfinished the cell that had begun last and is not done
 * @param finished whether nothing of the run is left to do
 */
public record Journaled(
    Journal.Identity identity,
    Map<CellKey, Rows> ended,
    Optional<Started> unfinished,
    boolean finished) {

  public Journaled {
    ended = Collections.unmodifiableMap(new LinkedHashMap<>(ended));
  }

  /**
   * The rows of a cell that is done.
   *
   * @param count how many
   * @param sha256 of their lines, in hex digits; empty: an older version kept none
   */
  public record Rows(long count, Optional<String> sha256) {}

  /**
   * A cell's beginning.
   *
   * @param sizes bytes that each of the run's files had, by the file's name; absent: none yet
   */
  public record Started(CellKey cell, Map<String, Long> sizes) {}

  /**
   * Reads a journal. A last line without its end counts for nothing.
   *
   * @throws RecordsException it can't be read, or is no journal of this version
   */
  public static Journaled read(Path file) throws RecordsException {
    String text;
    try {
      text = PlainFile.text(file);
    } catch (IOException e) {
      throw new RecordsException(file + ": cannot be read (" + FileErrors.of(e) + ")", e);
    }
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    var reader = new Reader();
    int number = 0;
    for (String line : whole.split("\n")) {
      number++;
      try {
        reader.line(List.of(line.split("\t", -1)));
      } catch (RuntimeException e) {
        throw new RecordsException(
            file + ":" + number + ": not a line of a journal of this version", e);
      }
    }
    return reader.read();
  }

  /** Takes in line after line; what a line lacks is a {@code RuntimeException}. */
  private static final class Reader {
    private Journal.Identity identity;
    private final Map<CellKey, Rows> ended = new LinkedHashMap<>();
    private Optional<Started> unfinished = Optional.empty();
    private boolean finished;

    void line(List<String> words) {
      String event = words.get(0);
      if ((identity == null) != event.equals(Journal.BEGAN)) {
        throw new IllegalArgumentException("not begun");
      }
      switch (event) {
        case Journal.BEGAN ->
            identity =
                new Journal.Identity(
                    fact(words, "file"),
                    fact(words, "plan"),
                    fact(words, "version"),
                    Journal.fact(words, "columns").orElse(KnownHeader.FIRST));
        case Journal.STARTED -> unfinished = Optional.of(new Started(cell(words), sizes(words)));
        case Journal.ENDED -> {
          ended.put(
              cell(words),
              new Rows(Long.parseLong(fact(words, "rows")), Journal.fact(words, "sha256")));
          unfinished = Optional.empty();
        }
        case Journal.RESUMED -> fact(words, "version");
        case Journal.FINISHED -> finished = true;
        default -> throw new IllegalArgumentException(event);
      }
    }

    private static String fact(List<String> words, String name) {
      return Journal.fact(words, name).orElseThrow();
    }

    private static CellKey cell(List<String> words) {
      return new CellKey(words.get(1), Integer.parseInt(words.get(2)));
    }

    private static Map<String, Long> sizes(List<String> words) {
      Map<String, Long> sizes = new LinkedHashMap<>();
      for (String word : words.subList(3, words.size())) {
        int equals = word.lastIndexOf('=');
        sizes.put(word.substring(0, equals), Long.parseLong(word.substring(equals + 1)));
      }
      return sizes;
    }

    Journaled read() {
      return new Journaled(identity, ended, unfinished, finished);
    }
  }
}
