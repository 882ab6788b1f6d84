package io.github.faasbench.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands as a user starts them, in this process. */
public final class Started {

  private Started() {}

  /** Answers the exit code. */
  public static int faasbench(Writer out, Writer err, String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  /** The arguments of a quiet run without report of a file with that text, which is written. */
  static String[] run(Path folder, String text, Path out, String... settings) throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), text);
    List<String> arguments =
        new ArrayList<>(
            List.of("run", file.toString(), "-q", "--no-report", "--out", out.toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments.toArray(String[]::new);
  }
}
