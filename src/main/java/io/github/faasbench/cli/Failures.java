package io.github.faasbench.cli;

import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.plan.PlanException;
import io.github.faasbench.plan.trace.TraceException;
import io.github.faasbench.provision.StateDamagedException;
import io.github.faasbench.runner.NodeTrouble;
import io.github.faasbench.runner.RunRefused;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns whatever a command throws into a message and an exit code. */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (thrown instanceof StoppedRun stopped) {
      int code = handleExecutionException(stopped.why(), commandLine, parsed);
      err.println(stopped.getMessage());
      return code;
    }
    if (thrown instanceof CliException known) {
      err.println(known.getMessage());
      return known.exitCode();
    }
    if (thrown instanceof ExperimentException
        || thrown instanceof RecordsException
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
      err.println("a file can't be read or written: " + thrown);
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

  /** Keeps the stack trace, and says where. */
  static String keep(Exception thrown) {
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    Path log = StateFolder.path().resolve("error.log");
    try {
      Files.createDirectories(log.getParent());
      Files.writeString(log, trace.toString());
      return log.toString();
    } catch (IOException e) {
      return "no file (" + log + " can't be written: " + e + ")\n" + trace;
    }
  }
}
