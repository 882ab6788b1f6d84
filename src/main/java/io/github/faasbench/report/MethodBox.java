package io.github.faasbench.report;

import io.github.faasbench.analysis.NaturalOrder;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.metrics.Invocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the figures came about: per run what was run, where and with what; then how to read them. */
final class MethodBox {

  private MethodBox() {}

  static String html(List<Invocation> rows, ReportContext context) {
    StringBuilder html = new StringBuilder("<section id=\"method\">\n<h2>Method</h2>\n");
    for (RunContext run : context.runs()) {
      List<Invocation> own = rows.stream().filter(row -> row.run().equals(run.run())).toList();
      html.append(run(run, own));
    }
    return html.append(reading()).append("</section>\n").toString();
  }

  private static String run(RunContext run, List<Invocation> rows) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("experiment", distinct(rows, Invocation::experiment));
    facts.put("run", run.run());
    facts.put("back end", distinct(rows, Invocation::backend));
    facts.put("calls", Integer.toString(rows.size()));
    facts.put("repetitions", distinct(rows, row -> Integer.toString(row.repetition())));
    facts.put("images", distinct(rows, Invocation::image));
    facts.put("policies", distinct(rows, Invocation::policy));
    facts.put("warming types", distinct(rows, Invocation::warming));
    facts.put("workloads", distinct(rows, Invocation::workload));
    facts.put("keep-alive", distinct(rows, Invocation::keepAlive));
    facts.put("nodes used", distinct(rows, Invocation::node));
    run.environment().ifPresent(environment -> facts.putAll(environmentFacts(environment)));

    StringBuilder html = new StringBuilder();
    html.append("<h3>Run ").append(Html.text(run.run())).append("</h3>\n<dl>\n");
    facts.forEach(
        (name, value) ->
            html.append("<dt>")
                .append(Html.text(name))
                .append("</dt><dd>")
                .append(value.isEmpty() ? "–" : Html.text(value))
                .append("</dd>\n"));
    html.append("</dl>\n");
    run.environment().ifPresent(environment -> html.append(nodes(environment)));
    if (run.environment().isEmpty()) {
      html.append("<p>This run's environment.json is not beside the CSV, so seed, engine, network,")
          .append(" versions and node facts are not known here.</p>\n");
    }
    html.append(experimentFile(run.experimentFile()));
    return html.toString();
  }

  private static Map<String, String> environmentFacts(Environment environment) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("started", text(environment.startedAt()));
    facts.put("seed", Long.toString(environment.seed()));
    if (environment.choices() != null) {
      environment.choices().forEach((name, value) -> facts.put(name, text(value)));
    }
    facts.put("faasbench", text(environment.toolVersion()));
    facts.put("Java", text(environment.java()));
    Environment.Host host = environment.host();
    if (host != null) {
      facts.put("host", host(host));
    }
    return facts;
  }

  private static String host(Environment.Host host) {
    String memory =
        host.memoryBytes() < 0
            ? ""
            : String.format(Locale.ROOT, ", %.1f GiB", host.memoryBytes() / (double) (1L << 30));
    return text(host.os()) + " " + text(host.kernel()) + ", " + host.cores() + " cores" + memory;
  }

  private static String nodes(Environment environment) {
    if (environment.nodes() == null || environment.nodes().isEmpty()) {
      return "";
    }
    Set<String> names = new LinkedHashSet<>();
    environment.nodes().values().forEach(facts -> names.addAll(facts.keySet()));
    List<String> header = new ArrayList<>(List.of("node"));
    header.addAll(names);
    List<List<String>> rows = new ArrayList<>();
    Set<String> order = new TreeSet<>(NaturalOrder.INSTANCE);
    order.addAll(environment.nodes().keySet());
    for (String node : order) {
      List<String> row = new ArrayList<>(List.of(node));
      names.forEach(name -> row.add(text(environment.nodes().get(node).get(name))));
      rows.add(row);
    }
    return Html.table("Nodes", header, header.size(), rows);
  }

  private static String experimentFile(Optional<String> file) {
    return file.map(
            text ->
                "<details><summary>The experiment file, resolved</summary>\n<pre>"
                    + Html.lines(text)
                    + "</pre></details>\n")
        .orElse("");
  }

  private static String reading() {
    return """
    <h3>How to read the figures</h3>
    <p>Latency runs from the moment a call was due or made to the function's end seen at the gateway;
    clean-up is outside. It is the sum of its phases: queue (waited for a node), select (node choice
    with its load probe), pull (image), start (container create and start), exec (the function's
    process, timed on the node), transport (the rest: SSH and engine).</p>
    <p>Means and percentiles are of the calls that ended ok, over all repetitions of a cell.
    Percentiles interpolate linearly between the closest ranks (type 7 of Hyndman and Fan 1996), and
    are within 0.05 % of the exact value for groups of more than 100,000 calls; the
    quartiles in the box plots are plotly's own and may differ by a fraction of a rank. Improvement is
    how much lower the mean is than that of cold with the same function, policy, workload and
    keep-alive. Jain's index (“Jain”) is 1 where all nodes got the same number of calls, and 1/nodes where one
    got all; nodes that got none in a cell count when the run used them in another. Calls per second
    count the calls that ended ok from the first arrival to the last end. “Cold in name only” counts
    cold calls whose node already had layers of the image.</p>
    """;
  }

  private static String distinct(List<Invocation> rows, Function<Invocation, String> value) {
    return rows.stream()
        .map(value)
        .filter(text -> !text.isEmpty())
        .distinct()
        .sorted(NaturalOrder.INSTANCE)
        .collect(Collectors.joining(", "));
  }

  private static String text(Object value) {
    return value == null ? "" : String.valueOf(value);
  }
}
