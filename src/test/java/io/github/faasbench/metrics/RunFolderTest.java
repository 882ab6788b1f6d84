package io.github.faasbench.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  // printf abc | sha256sum
  private static final String ID_OF_ABC = "ba7816bf8f01";

  @TempDir Path out;

  @Test
  void aRunIsNamedByTheHashOfItsFileAndNumberedWhenItIsRunAgain() throws IOException {
    RunFolder first = RunFolder.create(out, "abc", "plan", "1");
    assertThat(first.id()).isEqualTo(ID_OF_ABC);
    assertThat(first.experimentFile()).hasContent("abc");
    assertThat(RunFolder.create(out, "abc", "plan", "1").id()).isEqualTo(ID_OF_ABC + "-2");
    assertThat(RunFolder.create(out, "abc", "plan", "1").id()).isEqualTo(ID_OF_ABC + "-3");
  }

  @Test
  void anIdThatOnlyTheCsvHasIsTakenToo() throws IOException {
    Path csv = out.resolve("metrics.csv");
    try (CsvSink sink = CsvSink.open(csv, true)) {
      sink.accept(SampleRows.row().run(ID_OF_ABC).build());
      assertThat(RunFolder.create(out, "abc", "plan", "1").id()).isEqualTo(ID_OF_ABC + "-2");
    }
  }

  @Test
  void theEnvironmentIsReadBackTheSame() throws IOException {
    Environment environment =
        new Environment(
            "0.1.0",
            "17.0.15 (Debian)",
            new Environment.Host("Linux", "6.18", 2, 1L << 34),
            Map.of("n1", Map.of("kernel", "6.18", "clockOffsetMs", 0.25)),
            42,
            "2026-01-31T09:30:00Z",
            Map.of("engine", "api"),
            List.of(new Environment.CellLoad("c1", 1, 0.5, Double.NaN, 0.25)),
            List.of(new Environment.Resume("2026-02-01T00:00:00Z", List.of("kernel"))));
    RunFolder.create(out, "abc", "plan", "1").writeEnvironment(environment);
    RunFolder beside = RunFolder.beside(out.resolve("metrics.csv"), ID_OF_ABC).orElseThrow();
    assertThat(beside.readEnvironment()).contains(environment);
  }

  @Test
  void anAbsentFolderOrEnvironmentIsEmptyAndADamagedOneIsNamed() throws IOException {
    assertThat(RunFolder.beside(out.resolve("metrics.csv"), "nothing")).isEmpty();
    assertThat(RunFolder.beside(out.resolve("metrics.csv"), "..")).isEmpty();
    RunFolder folder = RunFolder.create(out, "abc", "plan", "1");
    assertThat(folder.readEnvironment()).isEmpty();
    Files.writeString(folder.environmentFile(), "{");
    assertThatThrownBy(folder::readEnvironment)
        .isInstanceOf(RecordsException.class)
        .hasMessageStartingWith(folder.environmentFile() + ": cannot be read");
  }

  @Test
  void theFirst64KiBOfAFailedCallsOutputAreKeptUnderASafeName() throws IOException {
    RunFolder folder = RunFolder.create(out, "abc", "plan", "1");
    Invocation row = SampleRows.row().cell("../a b").invocation(7).build();
    Path file = folder.saveOutput(row, "x".repeat(RunFolder.OUTPUT_BYTES + 1));
    assertThat(file.getParent()).isEqualTo(folder.path().resolve("outputs"));
    assertThat(file.getFileName().toString()).matches("__a_b-[0-9a-f]{6}-7\\.txt");
    assertThat(file).hasSize(RunFolder.OUTPUT_BYTES);
    assertThat(folder.saveOutput(row, "again")).isNotEqualTo(file).hasContent("again");
  }
}
