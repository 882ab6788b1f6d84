package io.github.faasbench.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code policyJars}: they are a part of the experiment, as data files are. */
final class PolicyJarsReader {

  private final Vocabulary vocabulary;
  private final DataFiles files;

  PolicyJarsReader(Vocabulary vocabulary, DataFiles files) {
    this.vocabulary = vocabulary;
    this.files = files;
  }

  /** The vocabulary with the names that the jars bring; with a mistake in the list: without. */
  Vocabulary read(Value value) {
    if (!value.present() || value.isList() && value.itemsOrEmpty().isEmpty()) {
      return vocabulary;
    }
    int before = value.problemsMet();
    List<Path> jars = new ArrayList<>();
    for (Value item : value.items()) {
      item.path(files, Files::isRegularFile, "no such jar, build it first: ");
      Path jar = item.problemsMet() > before ? null : files.apply(item.text(""));
      String problem = jar == null ? "" : vocabulary.jars().problem(jar);
      if (!problem.isEmpty()) {
        item.problem(problem);
      } else if (jar != null) {
        jars.add(jar);
      }
    }
    return value.problemsMet() > before ? vocabulary : vocabulary.jars().with(jars);
  }

  /** The jars as written. */
  static List<String> names(Value value) {
    return value.isList()
        ? value.itemsOrEmpty().stream().map(jar -> jar.text("")).toList()
        : List.of();
  }
}
