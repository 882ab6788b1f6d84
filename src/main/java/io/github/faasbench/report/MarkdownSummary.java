package io.github.faasbench.report;

import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.Threshold;
import io.github.faasbench.analysis.validity.Warning;
import io.github.faasbench.analysis.validity.Warnings;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Environment;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The summary as Markdown, as it is pasted into an issue. */
public final class MarkdownSummary {

  private MarkdownSummary() {}

  /**
   * Text that ends with a newline.
   *
   * @param tool name and version of what writes it
   * @param environments of the runs whose folder is beside the CSV
   */
  public static String of(
      String tool,
      Map<String, Environment> environments,
      Summary summary,
      List<Threshold.Result> thresholds) {
    StringBuilder text = new StringBuilder("### ");
    text.append(values(summary, Column.EXPERIMENT))
        .append("\n\n")
        .append(ConsoleTable.markdown(summary));
    if (!thresholds.isEmpty()) {
      text.append("\n**Thresholds**\n\n");
      thresholds.forEach(
          result ->
              text.append("- ").append(TextGrid.markdown(ThresholdLines.of(result))).append('\n'));
    }
    List<Warning> warnings = Warnings.of(summary, environments.values());
    if (!warnings.isEmpty()) {
      text.append("\n**Warnings**\n\n");
      warnings.forEach(
          warning -> text.append("- ").append(TextGrid.markdown(warning.text())).append('\n'));
    }
    text.append("\n<details><summary>How it was measured</summary>\n\n");
    text.append("Run ").append(values(summary, Column.RUN)).append("; summary by ");
    text.append(TextGrid.markdown(tool)).append(".\n");
    environments.forEach((run, environment) -> text.append(measured(run, environment)));
    return text.append("\n</details>\n").toString();
  }

  private static String values(Summary summary, Column column) {
    return summary.groups().stream()
        .map(group -> TextGrid.markdown(Figures.visible(group.key().get(column))))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String measured(String run, Environment environment) {
    StringBuilder text =
        new StringBuilder("\n| run | " + TextGrid.markdown(run) + " |\n| :-- | :-- |\n");
    row(text, "started", environment.startedAt());
    row(text, "seed", environment.seed());
    row(text, "faasbench", environment.toolVersion());
    row(text, "Java", environment.java());
    Environment.Host host = environment.host();
    if (host != null) {
      row(text, "host", host.os() + " " + host.kernel() + ", " + host.cores() + " cores");
    }
    if (environment.choices() != null) {
      environment.choices().forEach((name, value) -> row(text, name, value));
    }
    if (environment.nodes() != null) {
      environment
          .nodes()
          .forEach(
              (node, facts) ->
                  row(
                      text,
                      node,
                      facts.entrySet().stream()
                          .map(fact -> fact.getKey() + " " + fact.getValue())
                          .collect(Collectors.joining(", "))));
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String name, Object value) {
    text.append("| ")
        .append(TextGrid.markdown(Figures.visible(name)))
        .append(" | ")
        .append(value == null ? "" : TextGrid.markdown(Figures.visible(value.toString())))
        .append(" |\n");
  }
}
