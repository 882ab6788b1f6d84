package io.github.faasbench.cli;

import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.catalog.Entry;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the policies by name, with their parameters and one sentence each. */
@Command(name = "policies", description = "Shows the policies, or one of them.")
final class PoliciesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "show this one only")
  private String name;

  @Override
  public Integer call() throws CliException {
    boolean any = false;
    any |= show("policy: which node runs a call", Catalog.node());
    any |= show("warming: what is prepared before the load", Catalog.warming());
    any |= show("keepAlive: what becomes of a container after a call", Catalog.keepAlive());
    any |= show("queue order: which waiting call goes first", Catalog.queue());
    if (!any) {
      String known =
          Stream.of(Catalog.node(), Catalog.warming(), Catalog.keepAlive(), Catalog.queue())
              .flatMap(List::stream)
              .map(Entry::name)
              .collect(Collectors.joining(", "));
      throw CliException.mistake("no policy is named '" + name + "'; known: " + known);
    }
    return ExitCode.DONE;
  }

  private <T> boolean show(String title, List<Entry<T>> entries) {
    List<Entry<T>> shown =
        entries.stream().filter(entry -> name == null || entry.name().equals(name)).toList();
    if (shown.isEmpty()) {
      return false;
    }
    PrintWriter out = spec.commandLine().getOut();
    int width = entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
    out.println(title);
    for (Entry<T> entry : shown) {
      String more =
          entry.supported()
              ? entry.source().equals("-") ? "" : " (" + entry.source() + ")"
              : " (not yet supported)";
      out.printf("  %-" + width + "s %s%s%n", entry.name(), entry.summary(), more);
      for (Entry.Parameter parameter : entry.parameters()) {
        out.printf(
            "    %-" + (width - 2) + "s %s; default %s%n",
            parameter.name(),
            parameter.summary(),
            shown(parameter.defaultValue()));
      }
    }
    out.println();
    return true;
  }

  private static String shown(String defaultValue) {
    return defaultValue == null ? "none, required" : defaultValue.isEmpty() ? "none" : defaultValue;
  }
}
