package io.github.faasbench.report.html;

import io.github.faasbench.analysis.NaturalOrder;
import io.github.faasbench.metrics.Environment;
import io.github.faasbench.report.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How the figures came about: per run what was run, where and with what; then how to read them. */
final class MethodBox {

  private MethodBox() {}

  static String html(List<RunFacts> runs, ReportContext context) {
    StringBuilder html = new StringBuilder("<section id=\"method\">\n<h2>Method</h2>\n");
    for (RunFacts facts : runs) {
      html.append(run(context.run(facts.run()), facts));
    }
    return html.append(files(context)).append(reading()).append("</section>\n").toString();
  }

  private static String files(ReportContext context) {
    if (context.files().isEmpty()) {
      return "";
    }
    return "<h3>Files read</h3>\n"
        + Html.table(
            "The CSV as it was read",
            List.of("file", "bytes", "SHA-256"),
            1,
            context.files().stream()
                .<List<String>>map(
                    file -> List.of(file.name(), String.valueOf(file.bytes()), file.sha256()))
                .toList());
  }

  private static String run(RunContext run, RunFacts rows) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("run", run.run());
    facts.putAll(rows.facts());
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
    if (!environment.resumes().isEmpty()) {
      facts.put("went on after a stop", resumes(environment.resumes()));
    }
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

  private static String resumes(List<Environment.Resume> resumes) {
    return resumes.stream()
        .map(
            resume ->
                text(resume.at())
                    + (resume.changed().isEmpty()
                        ? ""
                        : " (not as before: " + String.join("; ", resume.changed()) + ")"))
        .collect(Collectors.joining(", "));
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
    <p>Means, deviations and spreads are of the calls that ended ok; in medians and percentiles the
    others count as infinitely slow. Calls of one repetition are a series: where they depend on those
    before them, intervals and tests rest on batches of calls, and there is none where the calls are
    worth fewer than 80 independent ones. Five or more repetitions are units themselves. On real
    nodes each repetition is one block of time, and fewer than five blocks are described, not tested.
    Cells of one run that met the same load are compared in pairs. A ratio is told as a difference
    where Student's t on logarithms shows it, corrected by Holm over all primary comparisons of the
    run; docs/statistics.md says what each number means, assumes and comes from.
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

  private static String text(Object value) {
    return value == null ? "" : String.valueOf(value);
  }
}
