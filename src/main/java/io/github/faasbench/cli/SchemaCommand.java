package io.github.faasbench.cli;

import io.github.faasbench.experiment.ExperimentSchema;
import io.github.faasbench.report.JsonSummary;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of a file that faasbench reads or writes. */
@Command(
    name = "schema",
    description = "Prints a JSON Schema: of the experiment file, or of the JSON summary.",
    footer = {
      "",
      "Examples:",
      "  faasbench schema experiment > experiment.schema.json",
      "  faasbench schema summary"
    })
final class SchemaCommand implements Callable<Integer> {

  private enum Kind {
    EXPERIMENT,
    SUMMARY;

    @Override
    public String toString() {
      return Texts.lower(this);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "experiment|summary", description = "which one")
  private Kind kind;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        kind == Kind.EXPERIMENT
            ? ExperimentSchema.of(Names.vocabulary(), Names::description)
            : JsonSummary.schema());
    out.flush();
    return ExitCode.DONE;
  }
}
