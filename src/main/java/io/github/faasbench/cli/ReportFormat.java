package io.github.faasbench.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a report can be written as, and which files' names say so. */
enum ReportFormat {
  HTML(List.of("html", "htm")),
  MD(List.of("md", "markdown")),
  JSON(List.of("json"));

  private final List<String> extensions;

  ReportFormat(List<String> extensions) {
    this.extensions = extensions;
  }

  /**
   * The format that a file's name says, and the option.
   *
   * @param out null: no file is named
   * @param asked null: no format is named
   * @throws CliException both say something, and not the same; or the name says none
   */
  static ReportFormat of(Path out, ReportFormat asked) throws CliException {
    String extension = out == null ? "" : extension(out);
    Optional<ReportFormat> named =
        Arrays.stream(values()).filter(one -> one.extensions.contains(extension)).findFirst();
    if (named.isPresent() && asked != null && named.get() != asked) {
      throw CliException.mistake(
          "--format "
              + asked
              + " and --out "
              + out
              + " contradict each other: a file of that name holds "
              + named.get()
              + "; leave --format out, or give the file another name");
    }
    if (named.isEmpty() && asked == null && !extension.isEmpty()) {
      throw CliException.mistake(
          "--out "
              + out
              + ": '."
              + extension
              + "' says no format; name it .html, .md or .json, or say which by --format");
    }
    return asked != null ? asked : named.orElse(HTML);
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return Texts.lower(this);
  }
}
