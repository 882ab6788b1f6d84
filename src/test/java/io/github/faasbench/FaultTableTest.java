package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** docs/faults.md names a test in each row, and each test of {@link FaultsIT} has its row. */
class FaultTableTest {

  private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`(?=[^|]*\\|$)");

  /** As {@code Class.method}, in the last column. */
  private static List<String> named() throws Exception {
    List<String> rows =
        Files.readAllLines(Path.of("docs/faults.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| What"))
            .toList();
    assertThat(rows).isNotEmpty().allMatch(row -> row.split("\\|").length == 5);
    return rows.stream()
        .flatMap(
            row -> {
              List<String> tests =
                  NAMED.matcher(row).results().map(m -> m.group(1) + "." + m.group(2)).toList();
              assertThat(tests).as(row).isNotEmpty();
              return tests.stream();
            })
        .toList();
  }

  @Test
  void eachTestThatIsNamedExists() throws Exception {
    for (String name : named()) {
      String[] words = name.split("\\.");
      assertThat(testsOf(words[0])).as(name).contains(words[1]);
    }
  }

  @Test
  void eachTestOfFaultsHasItsRow() throws Exception {
    assertThat(named())
        .containsAll(testsOf("FaultsIT").map(method -> "FaultsIT." + method).toList());
  }

  private static Stream<String> testsOf(String simpleName) throws Exception {
    Path source;
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      source = files.filter(path -> path.endsWith(simpleName + ".java")).findFirst().orElseThrow();
    }
    String name = Path.of("src/test/java").relativize(source).toString();
    Class<?> type = Class.forName(name.replace(".java", "").replace('/', '.'));
    return Arrays.stream(type.getDeclaredMethods())
        .filter(
            method ->
                method.isAnnotationPresent(Test.class)
                    || method.isAnnotationPresent(ParameterizedTest.class))
        .map(java.lang.reflect.Method::getName);
  }
}
