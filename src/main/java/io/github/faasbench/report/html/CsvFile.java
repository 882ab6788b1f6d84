package io.github.faasbench.report.html;

import io.github.faasbench.files.PlainFile;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A CSV that was read, so that a reader can tell whether it is theirs.
 *
 * @param name without its folder
 * @param sha256 in hex digits
 */
public record CsvFile(String name, long bytes, String sha256) {

  /**
   * Reads the whole file.
   *
   * @throws RecordsException it can't be read
   */
  static CsvFile of(Path csv) throws RecordsException {
    MessageDigest digest = newDigest();
    try (InputStream in = PlainFile.open(csv);
        OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      long bytes = in.transferTo(sink);
      return new CsvFile(
          String.valueOf(csv.getFileName()), bytes, HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      throw new RecordsException(csv + ": cannot be read (" + FileErrors.of(e) + ")", e);
    }
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
