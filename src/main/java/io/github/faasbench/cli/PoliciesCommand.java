package io.github.faasbench.cli;

import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy;
import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.catalog.Entry;
import io.github.faasbench.policy.catalog.PolicyJars;
import io.github.faasbench.words.NearestName;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the policies by name, with their parameters and one sentence each. */
@Command(
    name = "policies",
    description = "Shows the policies, or one of them.",
    footer = {
      "",
      "Examples:",
      "  faasbench policies",
      "  faasbench policies least-used",
      "  faasbench policies --jar my-policies.jar"
    })
final class PoliciesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "show this one only")
  private String name;

  @Option(
      names = "--jar",
      paramLabel = "JAR",
      description = "shows the policies of this jar too; may be repeated")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() throws CliException {
    PolicyJars jars = jars();
    var node = Names.all(Catalog.node(), SchedulingPolicy.class, jars);
    var warming = Names.all(Catalog.warming(), WarmingPolicy.class, jars);
    var keepAlive = Names.all(Catalog.keepAlive(), KeepAlivePolicy.class, jars);
    var queue = Names.all(Catalog.queue(), QueueOrder.class, jars);
    boolean any = false;
    any |= show("policy: which node runs a call", node);
    any |= show("warming: what is prepared before the load", warming);
    any |= show("keepAlive: what becomes of a container after a call", keepAlive);
    any |= show("queue order: which waiting call goes first", queue);
    jars.problems().forEach(problem -> spec.commandLine().getErr().println("unusable: " + problem));
    if (!any) {
      List<String> known =
          Stream.of(node, warming, keepAlive, queue)
              .flatMap(List::stream)
              .map(Entry::name)
              .distinct()
              .toList();
      throw CliException.mistake(
          "no policy is named '"
              + name
              + "'; known: "
              + String.join(", ", known)
              + NearestName.asked(name, known));
    }
    return ExitCode.DONE;
  }

  private PolicyJars jars() throws CliException {
    for (Path file : files) {
      String problem =
          Files.isRegularFile(file) ? PolicyJars.problem(file) : "no such jar, build it first";
      if (!problem.isEmpty()) {
        throw CliException.mistake("--jar " + file + ": " + problem);
      }
    }
    return PolicyJars.open(files);
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
      String more = entry.source().equals("-") ? "" : " (" + entry.source() + ")";
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
