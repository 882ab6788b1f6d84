package io.github.faasbench.analysis.validity;

import static io.github.faasbench.metrics.SampleRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.analysis.Summary;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.Environment.CellLoad;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.random.Stream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarningsTest {

  private final List<Invocation> rows = new ArrayList<>();
  private final Stream random = new Stream(30);

  @Test
  void aSteadyCellOfEnoughCallsHasNoWarning() {
    calls(300, 2, 0);
    assertThat(found()).isEmpty();
  }

  @Test
  void aCellThatSlowsDownDrifts() {
    calls(300, 2, 1);
    assertThat(found())
        .filteredOn(warning -> warning.what().startsWith("Latency drifts"))
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.what())
                  .startsWith("Latency drifts within the cell: the median goes from 2.2")
                  .endsWith("s in the last");
              assertThat(warning.reason()).contains("steady state");
              assertThat(warning.remedy()).isNotEmpty();
            });
  }

  @Test
  void aCallFarFromTheOthersIsAnOutlierAndStays() {
    calls(300, 2, 0);
    rows.add(row().latency(20).build());
    assertThat(found())
        .singleElement()
        .extracting(Warning::what)
        .asString()
        .contains("at most 1 of 301");
  }

  @Test
  void fewCallsSayLittleOfAHighPercentile() {
    // Of 59 calls the largest is above the true p95 in 1 - 0.95^59 = 95.15 % of all samples.
    calls(58, 2, 0);
    assertThat(found())
        .singleElement()
        .extracting(Warning::text)
        .isEqualTo(
            "p95 rests on 58 call(s) in the cell: with fewer than 59 no 95 % interval of it has an"
                + " upper end. Make 200 invocations for an interval of p95, 1000 for one of p99, or do not quote them.");
    calls(1, 2, 0);
    assertThat(found()).isEmpty();
  }

  @Test
  void callsThatDependOnEachOtherAreToldWithWhatTheyAreWorth() {
    queue(1, 500);
    assertThat(found())
        .extracting(Warning::text)
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith(
                        "There is no interval and no verdict for the cell: calls depend on each"
                            + " other: 500 are worth about ")
                    .contains(
                        "or set repetitions: 5 or more. Its first calls met an empty system"));
  }

  /** A queue to which more comes than goes never settles: to measure longer is no advice. */
  @Test
  void aLoadThatIsMoreThanTheNodesCanTakeIsToldFromOneThatIsTooShort() {
    for (int i = 1; i <= 2_000; i++) {
      rows.add(
          row()
              .simulated()
              .workload("poisson(rate=12/s)")
              .invocation(i)
              .latency(0.1 + 0.02 * i + 0.1 * random.nextDouble())
              .build());
    }
    assertThat(found())
        .extracting(Warning::reason)
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .contains("latency grows all along", "lower the rate")
                    .doesNotContain("times as long"));
  }

  /** Repetitions are units whatever depends inside, but each begins with an empty queue. */
  @Test
  void repetitionsTooShortToForgetTheirStartAreTold() {
    for (int repetition = 1; repetition <= 5; repetition++) {
      queue(repetition, 400);
    }
    assertThat(found())
        .extracting(Warning::what)
        .anySatisfy(
            what ->
                assertThat(what)
                    .startsWith("A repetition of the cell is too short to forget that it began"))
        .noneSatisfy(what -> assertThat(what).startsWith("There is no interval"));
  }

  /** Lindley's recursion at 90 % load. */
  private void queue(int repetition, int calls) {
    double waited = 0;
    for (int i = 1; i <= calls; i++) {
      double service = -0.1 * StrictMath.log(1 - random.nextDouble());
      rows.add(
          row()
              .simulated()
              .workload("poisson(rate=9/s)")
              .repetition(repetition)
              .invocation(i)
              .latency(waited + service)
              .build());
      double gap = -StrictMath.log(1 - random.nextDouble()) / 9;
      waited = Math.max(0, waited + service - gap);
    }
  }

  @Test
  void callsHandedOverLateAreTold() {
    for (int i = 0; i < 300; i++) {
      rows.add(row().latency(2).lag(i < 10 ? 0.5 : 0).build());
    }
    assertThat(found())
        .anySatisfy(w -> assertThat(w.what()).startsWith("The load generator could not keep up"));
  }

  @Test
  void coldCallsThatWereNotColdAndPhasesThatFailAreCounted() {
    calls(300, 2, 0);
    rows.add(row().layersPresent(3).build());
    rows.add(row().transport(-1).build());
    assertThat(found())
        .extracting(Warning::what)
        .anySatisfy(what -> assertThat(what).startsWith("1 cold call(s) found layers"))
        .anySatisfy(what -> assertThat(what).startsWith("1 call(s) have phases that miss"));
  }

  @Test
  void whereContainersAreKeptAColdCallMayFindTheImage() {
    for (int i = 0; i < 300; i++) {
      rows.add(row().latency(2).layersPresent(3).keepAlive("lru").build());
    }
    assertThat(found()).isEmpty();
  }

  @Test
  void whatTheSurroundingsTellIsSaid() {
    calls(300, 2, 0);
    Map<String, Map<String, Object>> nodes = new LinkedHashMap<>();
    nodes.put("a", Map.of("engine id", "X"));
    nodes.put("b", Map.of("engine id", "X"));
    nodes.put("c", Map.of("engine id", "Y"));
    var environment =
        new Environment(
            "0.1.0",
            "17",
            new Environment.Host("Linux", "6.18", 2, 1L << 34),
            nodes,
            42,
            "",
            Map.of(),
            List.of(
                new CellLoad("calm", 1, 0.5, 2.5, 0.1),
                new CellLoad("busy", 1, 3.5, 2.5, 0.1),
                new CellLoad("stolen", 1, 0.5, 2.5, 12),
                new CellLoad("unknown", 1, Double.NaN, Double.NaN, Double.NaN)),
            List.of());
    assertThat(Warnings.of(Summary.of(rows), List.of(environment)))
        .extracting(Warning::what)
        .containsExactly(
            "One engine serves a, b",
            "The host was busy before cell busy began: load 3.5 on 2 core(s)",
            "12.0 % of the host's processor time was stolen during cell stolen");
  }

  private List<Warning> found() {
    return Warnings.of(Summary.of(rows), List.of());
  }

  /** A little apart from each other, and slower towards the end. */
  private void calls(int count, double latency, double slower) {
    for (int i = 0; i < count; i++) {
      rows.add(
          row()
              .invocation(rows.size() + 1)
              .latency(latency + 0.2 * random.nextDouble() + slower * i / count)
              .build());
    }
  }
}
