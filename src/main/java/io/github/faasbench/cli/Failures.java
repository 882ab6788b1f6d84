package io.github.faasbench.cli;

import io.github.faasbench.cli.Interrupts.Signal;
import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.files.FileRefused;
import io.github.faasbench.files.LineTooLong;
import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.plan.PlanException;
import io.github.faasbench.plan.trace.TraceException;
import io.github.faasbench.provision.StateDamagedException;
import io.github.faasbench.runner.NodeTrouble;
import io.github.faasbench.runner.RunRefused;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns whatever a command throws into a message and an exit code. */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (thrown instanceof JarProcess.Needed needed) {
      return inJarProcess(needed, err);
    }
    if (thrown instanceof StoppedRun stopped) {
      int code = handleExecutionException(stopped.why(), commandLine, parsed);
      err.println(stopped.getMessage());
      return code;
    }
    Optional<Signal> signal = Ending.OF_PROCESS.signal();
    if (signal.isPresent()) {
      err.println("interrupted before its end");
      return signal.get().exitCode();
    }
    if (thrown instanceof InterruptedException || thrown instanceof ClosedByInterruptException) {
      err.println(
          "the thread at work was interrupted, and by no signal: only a class of policyJars that"
              + " starts threads can do that. The stack trace is in "
              + keep(thrown));
      return ExitCode.MISTAKE;
    }
    if (thrown instanceof CliException known) {
      err.println(known.getMessage());
      return known.exitCode();
    }
    if (thrown instanceof Broken broken) {
      err.println(broken.text());
      err.println("The stack trace is in " + keep(broken.getCause()));
      return ExitCode.BUG;
    }
    if (thrown instanceof ExperimentException
        || thrown instanceof RecordsException
        || thrown instanceof FileRefused
        || thrown instanceof LineTooLong
        || thrown instanceof StateDamagedException) {
      err.println(thrown.getMessage());
      return ExitCode.MISTAKE;
    }
    if (thrown instanceof RunRefused
        || thrown instanceof PlanException
        || thrown instanceof TraceException) {
      err.println(thrown.getMessage());
      return ExitCode.MISTAKE;
    }
    if (thrown instanceof NodeTrouble) {
      err.println(thrown.getMessage());
      return ExitCode.UNREACHABLE;
    }
    if (thrown instanceof IOException) {
      err.println(
          "a file can't be read or written: "
              + FileErrors.withFile(thrown)
              + "; check its path, its owner and the room on its disk");
      return ExitCode.MISTAKE;
    }
    if (thrown instanceof InvalidPathException name) {
      err.println(Letters.message(name));
      return ExitCode.MISTAKE;
    }
    err.println("faasbench: a bug, please report it: " + thrown);
    err.println("The stack trace is in " + keep(thrown));
    return ExitCode.BUG;
  }

  private static int inJarProcess(JarProcess.Needed needed, PrintWriter err) {
    try {
      return JarProcess.run(needed, err);
    } catch (IOException e) {
      err.println("no second process for the policy jars can be started: " + e.getMessage());
      return ExitCode.MISTAKE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.BUG;
    }
  }

  /** Keeps the stack trace, and says where. */
  static String keep(Throwable thrown) {
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    Path log = StateFolder.path().resolve("error.log");
    try {
      OwnFiles.root(log.getParent());
      OwnFiles.replace(log, trace.toString());
      return log.toString();
    } catch (IOException e) {
      return "no file (" + log + " can't be written: " + FileErrors.of(e) + ")\n" + trace;
    }
  }
}
