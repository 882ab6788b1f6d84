package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Place;
import io.github.faasbench.files.FileRefused;
import io.github.faasbench.files.PlainFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads a file that should be text, and refuses what is not before a parser meets it. */
final class SourceText {

  /** Far above any experiment by hand; parsing more could take minutes of memory and time. */
  private static final int MOST_BYTES = 3 * 1024 * 1024;

  private SourceText() {}

  /** The text; null when there is none, which is then a problem. */
  static String read(Path file, Place whole, Problems problems) throws IOException {
    if (!Files.exists(file)) {
      problems.add(whole, "", "no such file; looked from " + Path.of("").toAbsolutePath());
      return null;
    }
    if (Files.isDirectory(file)) {
      problems.add(whole, "", "a directory, not an experiment file");
      return null;
    }
    byte[] bytes;
    try (InputStream in = PlainFile.openOnce(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (FileRefused e) {
      problems.add(whole, "", e.getReason());
      return null;
    } catch (AccessDeniedException e) {
      problems.add(whole, "", "no permission to read it");
      return null;
    }
    if (bytes.length > MOST_BYTES) {
      problems.add(whole, "", "larger than 3 MiB; this is no experiment file");
      return null;
    }
    return decode(bytes, whole, problems);
  }

  private static String decode(byte[] bytes, Place whole, Problems problems) {
    CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), chars, true);
    String text = chars.flip().toString();
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      if (!StreamReader.isPrintable(text.codePointAt(at))) {
        String code = String.format("U+%04X", text.codePointAt(at));
        problems.add(
            placeAfter(text.substring(0, at), whole),
            "",
            "the character " + code + " is not allowed; is this a text file?");
        return null;
      }
    }
    if (result.isError()) {
      problems.add(placeAfter(text, whole), "", "not UTF-8; is this a text file?");
      return null;
    }
    return text;
  }

  private static Place placeAfter(String before, Place whole) {
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int lineStart = before.lastIndexOf('\n') + 1;
    int column = 1 + before.codePointCount(lineStart, before.length());
    return new Place(0, whole.name(), line, column);
  }
}
