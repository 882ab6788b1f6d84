package io.github.faasbench.runner;

import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.experiment.WarmUpSpec;
import io.github.faasbench.gateway.Call;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Period;

/** Says of each call of one cell whether it was part of the warm-up, where that is decided here. */
final class WarmUp {

  private final WarmUpSpec spec;
  private final long durationNanos;
  private long beganAtEpochNanos;

  WarmUp(WarmUpSpec spec) {
    this.spec = spec;
    durationNanos = spec.duration().toNanos();
  }

  /** The cell's load begins now. */
  void begins(EventLoop loop) {
    if (spec.kind() == WarmUpSpec.Kind.DURATION) {
      beganAtEpochNanos = loop.epochNanosOf(loop.nowNanos());
    }
  }

  /** The call with its period; the very same where the file sets no warm-up by call. */
  Call.Finished marked(Call.Finished call) {
    if (!spec.decidedAtCall()) {
      return call;
    }
    Invocation row = call.invocation();
    boolean early =
        spec.kind() == WarmUpSpec.Kind.CALLS
            ? row.invocation() <= spec.calls()
            : row.arrivedAtNanos() - beganAtEpochNanos < durationNanos;
    return call.with(row.withPeriod(early ? Period.WARM_UP : Period.MEASURED));
  }
}
