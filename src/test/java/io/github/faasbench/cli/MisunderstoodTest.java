package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user reads who mistyped something. */
class MisunderstoodTest {

  private static String answer(String line) {
    var out = new StringWriter();
    var err = new StringWriter();
    String[] words = line.isEmpty() ? new String[0] : line.split(" ");
    assertThat(Started.faasbench(out, err, words)).as(line).isEqualTo(ExitCode.MISTAKE);
    assertThat(out.toString()).as(line).isEmpty();
    return err.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "rnu x.yaml | did you mean `faasbench run x.yaml`?",
        "x.yaml | did you mean `faasbench run x.yaml`?",
        "x.yml --set a=b | did you mean `faasbench run x.yml --set a=b`?",
        "out/metrics.csv | did you mean `faasbench report out/metrics.csv`?",
        "version | did you mean `faasbench --version`?",
        "upp | did you mean `faasbench nodes up`?",
        "help rnu | did you mean `faasbench help run`?",
        "nodes stauts | did you mean `faasbench nodes status`?",
        "nodes help | did you mean `faasbench help nodes`?",
        "nodes x.yaml | choose one of down, status, up",
        "run x.yaml --invocations 3 | did you mean --set invocations=3?",
        "run --invocations 3 x.yaml | did you mean --set invocations=3?",
        "run x.yaml --invocations=3 | did you mean --set invocations=3?",
        "run --invocations x.yaml | did you mean --set invocations=VALUE?",
        "run x.yaml -invocations 3 | did you mean --set invocations=3?",
        "run x.yaml --keep-alive lru | did you mean --set keepAlive=lru?",
        "run x.yaml --policy a,b | did you mean --set 'policy=[a,b]'?",
        "plan x.yaml --functions.0.image=i | did you mean --set functions.0.image=i?",
        "clean --nodes.0.port 22 | did you mean --set nodes.0.port=22?",
        "run x.yaml invocations=3 | did you mean --set invocations=3?",
        "run x.yaml --dry-rnu | did you mean --dry-run?",
        "run --dry-rnu | did you mean --dry-run?",
        "run x.yaml --formt | there is no option --formt",
        "compare a b --format json | `faasbench report` has it",
        "--dry-run run x.yaml | did you mean `faasbench run … --dry-run`?",
        "--invocations 3 | did you mean `faasbench run FILE --set invocations=3`?",
        "report x.csv --format htm | allowed: html, md, json; did you mean html?",
        "schema exp | allowed: experiment, summary; did you mean experiment?",
        "completion fish | allowed: bash, zsh",
        "run --set | --set takes a value: KEY=VALUE",
        "run x --out a --out b | --out is there twice",
        "run a b | 'b' is one argument too many: it takes FILE",
      })
  void saysWhatWasMeant(String line, String words) {
    String answer = answer(line);
    assertThat(answer).contains(words).endsWith("\n").contains("`faasbench help");
    assertThat(answer.lines()).as(answer).hasSizeLessThanOrEqualTo(3);
    assertThat(answer).doesNotContain("Usage:", "HTML, MD");
  }

  @Test
  void eachUnknownOptionIsNamed() {
    assertThat(answer("run x.yaml --seed 3 --warming cold").lines().limit(2))
        .containsExactly(
            "faasbench run: there is no option --seed; did you mean --set seed=3?",
            "faasbench run: there is no option --warming; did you mean --set warming=cold?");
  }

  @Test
  void aMissingFileIsShownByAnExample() {
    assertThat(answer("run").lines())
        .containsExactly(
            "faasbench run: FILE is missing: the experiment file (YAML); as in `faasbench run"
                + " experiments/quickstart.yaml`",
            "`faasbench help run` shows its options and examples");
  }

  @Test
  void whatIsUnlikeAnythingIsNotGuessed() {
    assertThat(answer("frobnicate").lines())
        .containsExactly(
            "faasbench: 'frobnicate' is no command", "`faasbench help` lists the commands");
    assertThat(answer("run -x x.yaml")).doesNotContain("did you mean");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policies lest-used | did you mean least-used?",
        "run experiments/quickstart.yaml --set polcy=random | did you mean policy?",
        "run experiments/quickstart.yaml --set policy=robin-round | did you mean round-robin?",
        "report experiments/quickstart.yaml --group-by polcy | did you mean policy?",
        "report experiments/quickstart.yaml --columns latncy_s=a | did you mean latency_s?",
      })
  void namesThatCommandsLookUpAreMeantToo(String line, String words) {
    assertThat(answer(line)).contains(words);
  }

  /** A name steers no terminal. */
  @Test
  void whatWasTypedIsMadeVisible() {
    assertThat(answer("\u001b[2Jrun")).doesNotContain("\u001b");
  }
}
