package io.github.faasbench.plan.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.faasbench.plan.trace.TraceSource.Format;
import io.github.faasbench.plan.trace.TraceSource.Placement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Samples of the Azure traces (CC-BY 4.0; Shahrad et al., USENIX ATC 2020, and Zhang et al., SOSP
 * 2021), as the authors of vHive's invitro drew them.
 */
class RealTraceTest {

  private static final long SECOND = 1_000_000_000L;

  private Path folder;

  @BeforeEach
  void find() {
    String given = System.getenv("FAASBENCH_TRACES");
    assumeTrue(given != null, "FAASBENCH_TRACES names no folder with the samples of real traces");
    folder = Path.of(given);
  }

  private Trace azure2019(Placement placement, int functions) {
    return Trace.read(
        new TraceSource(
            folder.resolve("azure2019_invitro100_inv.csv"),
            Format.AZURE2019,
            Optional.of(folder.resolve("azure2019_invitro100_run.csv")),
            Optional.of(folder.resolve("azure2019_invitro100_mem.csv")),
            functions,
            placement));
  }

  private Trace azure2021() {
    return Trace.read(
        new TraceSource(
            folder.resolve("azure2021_200.csv"),
            Format.AZURE2021,
            Optional.empty(),
            Optional.empty(),
            Integer.MAX_VALUE,
            Placement.UNIFORM_ORDER));
  }

  @Test
  void theSampleOf2019HasItsPublishedCounts() {
    Trace trace = azure2019(Placement.UNIFORM_ORDER, Integer.MAX_VALUE);
    assertThat(trace.functions()).hasSize(100).allMatch(TraceFunction::timed);
    assertThat(trace.functions()).extracting(TraceFunction::name).doesNotHaveDuplicates();
    assertThat(trace.functions()).allMatch(function -> function.memoryBytes() >= 1 << 20);
    assertThat(trace.calls()).isEqualTo(86_751);
    assertThat(trace.functions().stream().mapToLong(TraceFunction::calls).max()).hasValue(42_994);
    assertThat(trace.lengthNanos()).isEqualTo(86_400 * SECOND);
    Trace top = azure2019(Placement.UNIFORM_ORDER, 1);
    assertThat(top.functions()).extracting(TraceFunction::calls).containsExactly(42_994L);
  }

  @Test
  void everyMinuteHasItsCallsInOrderWhereverTheyArePlaced() {
    for (Placement placement : Placement.values()) {
      long[] perMinute = new long[1440];
      long last = 0;
      try (TraceCalls calls = azure2019(placement, Integer.MAX_VALUE).open(7)) {
        while (calls.next()) {
          assertThat(calls.arrivalNanos()).isGreaterThanOrEqualTo(last);
          last = calls.arrivalNanos();
          perMinute[(int) (last / (60 * SECOND))]++;
        }
      }
      assertThat(perMinute).satisfies(counts -> assertThat(counts).doesNotContain(0L));
      assertThat(java.util.Arrays.stream(perMinute).min()).hasValue(50);
      assertThat(java.util.Arrays.stream(perMinute).max()).hasValue(165);
    }
  }

  /**
   * The trace replayed on a platform without limits that keeps containers for 600 s after a call,
   * the last used first: 85,426 warm and 1,325 cold starts. A cold one runs for Maximum, a warm one
   * for Average.
   */
  @Test
  void theReplayWithoutLimitsHasItsKnownColdStarts() {
    Trace trace = azure2019(Placement.EQUIDISTANT, Integer.MAX_VALUE);
    List<List<Long>> finishes = new ArrayList<>();
    trace.functions().forEach(function -> finishes.add(new ArrayList<>()));
    int warm = 0;
    int cold = 0;
    try (TraceCalls calls = trace.open(1)) {
      while (calls.next()) {
        long now = calls.arrivalNanos();
        List<Long> containers = finishes.get(calls.function());
        containers.removeIf(finish -> finish + 600 * SECOND < now);
        Optional<Long> idle =
            containers.stream().filter(finish -> finish <= now).max(Long::compare);
        idle.ifPresent(containers::remove);
        containers.add(now + calls.execNanos() + (idle.isEmpty() ? calls.initNanos() : 0));
        warm += idle.isPresent() ? 1 : 0;
        cold += idle.isEmpty() ? 1 : 0;
      }
    }
    assertThat(warm).isEqualTo(85_426);
    assertThat(cold).isEqualTo(1_325);
  }

  @Test
  void theSampleOf2021HasItsCallsAtTheirStarts() {
    Trace trace = azure2021();
    assertThat(trace.calls()).isEqualTo(199);
    assertThat(trace.functions()).hasSize(31).allMatch(TraceFunction::timed);
    long last = 0;
    long longest = 0;
    try (TraceCalls calls = trace.open(1)) {
      while (calls.next()) {
        assertThat(calls.arrivalNanos()).isGreaterThanOrEqualTo(last);
        last = calls.arrivalNanos();
        longest = Math.max(longest, calls.execNanos());
        if (calls.execNanos() == 57_154_000_000L) {
          assertThat(calls.arrivalNanos()).isEqualTo(3_860_041L);
        }
      }
    }
    assertThat(longest).isEqualTo(404_987_000_000L);
    assertThat(trace.lengthNanos()).isEqualTo(last);
  }
}
