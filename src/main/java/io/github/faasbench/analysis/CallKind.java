package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation;

/** What calls have in common that may make them slow or fast: groups are alike in its shares. */
record CallKind(String function, String workload, String policy, String warming, String keepAlive) {

  static CallKind of(Invocation row) {
    return new CallKind(
        row.function(), row.workload(), row.policy(), row.warming(), row.keepAlive());
  }

  boolean holds(Invocation row) {
    return function.equals(row.function())
        && policy.equals(row.policy())
        && warming.equals(row.warming())
        && workload.equals(row.workload())
        && keepAlive.equals(row.keepAlive());
  }

  /** The same whatever its value of that factor. */
  CallKind without(Column factor) {
    return new CallKind(
        function,
        factor == Column.WORKLOAD ? "" : workload,
        factor == Column.POLICY ? "" : policy,
        factor == Column.WARMING ? "" : warming,
        factor == Column.KEEP_ALIVE ? "" : keepAlive);
  }
}
