package io.github.faasbench.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.cluster.RunRequest.Demand;
import io.github.faasbench.experiment.FunctionModel;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.random.Distribution;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is drawn for a call. */
class ModelTest {

  private static final Distribution SECOND = new Distribution.Exponential(1);

  private static Model model(String name, long service, long starts) {
    return new Model(
        new FunctionSpec(
            name,
            "image",
            Optional.empty(),
            List.of("run"),
            Optional.of(new FunctionModel(SECOND, SECOND, SECOND, SECOND, SECOND, 0, 1, 0))),
        0,
        new SimCluster.Seeds(service, starts));
  }

  private static Demand call(long invocation) {
    return new Demand("f", invocation, -1, -1);
  }

  @Test
  void aCallsTimesAreTheSameWhateverWasDrawnBefore() {
    Model one = model("f", 1, 2);
    Model other = model("f", 1, 2);
    for (long i = 100; i > 5; i--) {
      other.execNanos(call(i));
      other.startNanos(call(i));
      other.startNanos(Demand.NONE);
      other.pullNanos(call(i));
      other.unpauseNanos(call(i));
    }
    assertThat(one.execNanos(call(5))).isEqualTo(other.execNanos(call(5)));
    assertThat(one.startNanos(call(5))).isEqualTo(other.startNanos(call(5)));
    assertThat(one.pullNanos(call(5))).isEqualTo(other.pullNanos(call(5)));
    assertThat(one.unpauseNanos(call(5))).isEqualTo(other.unpauseNanos(call(5)));
  }

  @Test
  void functionsSeedsAndKindsOfTimesHaveStreamsOfTheirOwn() {
    Model model = model("f", 1, 2);
    assertThat(
            LongStream.of(
                model.execNanos(call(1)),
                model.execNanos(call(2)),
                model.pullNanos(call(1)),
                model.unpauseNanos(call(1)),
                model.pullNanos(Demand.NONE),
                model.startNanos(call(1)),
                model.startNanos(Demand.NONE),
                model.startNanos(Demand.NONE),
                model("g", 1, 2).execNanos(call(1)),
                model("f", 3, 2).execNanos(call(1)),
                model("f", 1, 3).startNanos(call(1))))
        .doesNotHaveDuplicates();
  }

  @Test
  void serviceTimesDoNotDependOnTheSeedOfStarts() {
    assertThat(model("f", 1, 2).execNanos(call(1))).isEqualTo(model("f", 1, 3).execNanos(call(1)));
  }

  @Test
  void drawsHaveTheirMean() {
    Model model = model("f", 1, 2);
    double mean =
        LongStream.rangeClosed(1, 100_000)
            .map(i -> model.execNanos(call(i)))
            .average()
            .orElseThrow();
    // The standard error of the mean of 1e5 exponential values is 0.0032.
    assertThat(mean / 1e9).isCloseTo(1, within(0.013));
    double start =
        LongStream.rangeClosed(1, 100_000)
            .map(i -> model.startNanos(call(i)))
            .average()
            .orElseThrow();
    assertThat(start / 1e9).isCloseTo(2, within(0.018));
  }

  @Test
  void whatATraceStatesIsTaken() {
    Model model = model("f", 1, 2);
    assertThat(model.execNanos(new Demand("f", 1, 12_345, -1))).isEqualTo(12_345);
    long start = model.startNanos(new Demand("f", 1, -1, 0));
    assertThat(model.startNanos(new Demand("f", 1, -1, 777))).isEqualTo(start + 777);
  }

  @Test
  void aServiceTimeThatNobodyStatesIsNotTakenForNone() {
    var given = new FunctionModel(SECOND, SECOND, SECOND, SECOND, FunctionModel.NOT_GIVEN, 0, 1, 0);
    var spec = new FunctionSpec("f", "image", Optional.empty(), List.of(), Optional.of(given));
    var model = new Model(spec, 0, new SimCluster.Seeds(1, 2));
    assertThat(model.execNanos(new Demand("f", 1, 5, -1))).isEqualTo(5);
    assertThatThrownBy(() -> model.execNanos(call(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("neither the model of f nor the call says how long it takes");
  }

  @Test
  void aFunctionWithoutAModelCannotBeSimulated() {
    var spec = new FunctionSpec("f", "image", Optional.empty(), List.of("run"), Optional.empty());
    assertThatThrownBy(() -> new Model(spec, 0, new SimCluster.Seeds(1, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("function f has no model to simulate it by");
  }
}
