package io.github.faasbench.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete faasbench's commands and options. */
@Command(
    name = "completion",
    description = "Prints a completion script: source <(faasbench completion bash)")
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
  public Integer call() {
    spec.commandLine().getOut().print(AutoComplete.bash("faasbench", Main.commandLine()));
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
