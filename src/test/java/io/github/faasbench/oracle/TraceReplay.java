package io.github.faasbench.oracle;

import io.github.faasbench.cli.Simulated;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * O-24: a day of a hundred functions of the Azure Functions trace 2019 (Shahrad et al., USENIX
 * ATC'20, CC-BY 4.0) as sampled by vHive's invitro, on a node without limits, with containers that
 * live ten minutes after their last use. How many calls find one is known to the call.
 */
final class TraceReplay {

  static final String NAME = "O-24 real trace";
  static final String SOURCE =
      "counted by a replay written apart from this one: azure2019_invitro100, vhive-serverless/invitro@b12de00f,"
          + " data/traces/100_{inv,run,mem}.csv";

  private static final Map<String, Integer> EXPECTED =
      Map.of("warmed ok", 85_426, "cold ok", 1_325);

  private TraceReplay() {}

  /** Where the samples are; null: nowhere. */
  static String folder() {
    return System.getenv("FAASBENCH_TRACES");
  }

  /** What differs from the known counts. */
  static List<String> problems() {
    var seen = new TreeMap<String, Integer>();
    Simulated.REAL.run(experiment(folder() + "/azure2019_invitro100_"), new Modes(seen));
    return seen.equals(new TreeMap<>(EXPECTED))
        ? List.of()
        : List.of("expected " + EXPECTED + ", seen " + seen);
  }

  private static String experiment(String files) {
    return "name: replay\nbackend: sim\nnodes: {count: 1, cpu: 1000000}\n"
        + "functions: [{name: any, model: {}}]\n"
        + "policy: random\nwarming: cold\nreuse: recent\nkeepAlive: {fixed: {ttl: 10m}}\n"
        + "workload: {trace: {format: azure2019, placement: equidistant, file: "
        + files
        + "inv.csv, durations: "
        + files
        + "run.csv, memory: "
        + files
        + "mem.csv}}\n";
  }

  private record Modes(Map<String, Integer> counts) implements RecordSink {
    @Override
    public void accept(Invocation call) {
      counts.merge(call.mode() + " " + call.outcome().text(), 1, Integer::sum);
    }

    @Override
    public void close() {}
  }
}
