package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.metrics.Invocation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A law of conservation: the rows' pulled_bytes add up to what was fetched. */
class PulledBytesTest {

  private static final long SIZE = 10_000_000;

  private static List<Invocation> rows(String... settings) {
    return Simulated.REAL.rows(
        """
        name: e
        backend: sim
        nodes: {count: 2, cpu: 8, bandwidth: 10MB/s}
        functions: [{name: f, model: {exec: 100ms, size: 10MB}}]
        policy: round-robin
        warming: cold
        workload: {closed: {clients: 6}}
        invocations: 30
        """,
        settings);
  }

  @Test
  void aSharedPullIsCountedOnce() {
    List<Invocation> rows = rows();
    List<Invocation> joined = rows.stream().filter(row -> row.error().contains("shared")).toList();
    assertThat(joined).hasSizeGreaterThan(5);
    assertThat(joined).extracting(Invocation::pulledBytes).containsOnly(-1L);
    assertThat(joined).noneMatch(Invocation::coldInNameOnly);
    List<Invocation> others = rows.stream().filter(row -> !row.error().contains("shared")).toList();
    assertThat(others).extracting(Invocation::pulledBytes).isSubsetOf(SIZE, 0L);
    // Each pull is one of its own: none begins on a node while another one is under way there.
    long pulls = others.stream().filter(row -> row.pulledBytes() > 0).count();
    long sum = rows.stream().mapToLong(row -> Math.max(0, row.pulledBytes())).sum();
    assertThat(sum).isEqualTo(pulls * SIZE);
    assertThat(pulls).isLessThan(rows.size() - joined.size() + 1L).isPositive();
  }

  @Test
  void callsOneAfterTheOtherFetchEachTime() {
    assertThat(rows("workload=sequential"))
        .hasSize(30)
        .extracting(Invocation::pulledBytes)
        .containsOnly(SIZE);
  }
}
