package io.github.faasbench.cli;

import io.github.faasbench.experiment.Settings;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.catalog.Entry;
import io.github.faasbench.report.figure.Grouping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete faasbench's commands, options and values. */
@Command(
    name = "completion",
    description = "Prints a completion script: source <(faasbench completion bash)",
    footer = {
      "",
      "Examples:",
      "  source <(faasbench completion bash)",
      "  faasbench completion bash > /etc/bash_completion.d/faasbench",
      "  source <(faasbench completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {

  /** One script serves both: in zsh it loads bashcompinit by itself. */
  private enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return Texts.lower(this);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh", description = "the shell")
  private Shell shell;

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().print(AutoComplete.bash("faasbench", Main.commandLine()));
    spec.commandLine().getOut().print(values());
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }

  /** Completes what options and parameters take. */
  private String values() throws IOException {
    Map<String, Set<String>> settings = Settings.of(Names.vocabulary());
    List<String> keys = settings.keySet().stream().map(key -> key + "=").toList();
    List<String> columns = Column.headers().stream().map(header -> header + "=").toList();
    List<String> commands =
        CommandTree.children(spec.root()).stream().map(CommandSpec::name).toList();
    String script;
    try (InputStream in = CompletionCommand.class.getResourceAsStream("completion.sh")) {
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return script
        .replace("@keys@", words(keys))
        .replace("@values@", cases(settings))
        .replace("@groups@", words(Grouping.names()))
        .replace("@columns@", words(columns))
        .replace("@formats@", words(ReportCommand.formats()))
        .replace("@policies@", words(policies()))
        .replace("@commands@", words(commands));
  }

  private static String cases(Map<String, Set<String>> settings) {
    return settings.entrySet().stream()
        .filter(setting -> !setting.getValue().isEmpty())
        .map(setting -> "    " + setting.getKey() + ") echo " + words(setting.getValue()) + " ;;")
        .collect(Collectors.joining("\n"));
  }

  private static String words(Collection<String> words) {
    return words.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
  }

  private static List<String> policies() {
    return Stream.of(Catalog.node(), Catalog.warming(), Catalog.keepAlive(), Catalog.queue())
        .flatMap(List::stream)
        .map(Entry::name)
        .distinct()
        .toList();
  }
}
