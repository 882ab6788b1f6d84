package io.github.faasbench.provision;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers commands by how they begin, the longest beginning first; unknown ones succeed. */
final class FakeRunner implements ProcessRunner {

  final List<Command> commands = new ArrayList<>();
  private final Map<String, Function<Command, Outcome>> answers = new LinkedHashMap<>();

  FakeRunner on(String beginning, int exitCode, String... lines) {
    List<String> output = List.of(lines);
    answers.put(beginning, command -> new Outcome(exitCode, false, output, output));
    return this;
  }

  FakeRunner on(String beginning, Function<Command, Outcome> answer) {
    answers.put(beginning, answer);
    return this;
  }

  @Override
  public Outcome run(Command command) {
    commands.add(command);
    String text = command.toString();
    return answers.keySet().stream()
        .filter(text::startsWith)
        .max(java.util.Comparator.comparingInt(String::length))
        .map(beginning -> answers.get(beginning).apply(command))
        .orElse(new Outcome(0, false, List.of(), List.of()));
  }

  @Override
  public InputStream stream(Command command) {
    return new ByteArrayInputStream(
        String.join("\n", run(command).output()).getBytes(StandardCharsets.UTF_8));
  }

  List<String> texts() {
    return commands.stream().map(Command::toString).toList();
  }
}
