package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LoginShellTest {

  @TempDir private Path state;

  private LoginShell after(String prelude, long limitMillis) throws Exception {
    try (TestSshServer server = new TestSshServer(prelude);
        SshLink link = server.link(state, Optional.empty(), line -> {})) {
      return LoginShell.of(link, limitMillis);
    }
  }

  @Test
  void oneThatOnlyCarriesOutCommandsIsNoTrouble() throws Exception {
    LoginShell shell = after("", 60_000);
    assertThat(shell.usable()).isTrue();
    assertThat(shell.trouble()).isEmpty();
    assertThat(shell.startNanos()).isPositive();
  }

  @Test
  void whatItPrintsIsShownWithoutWhatSteersATerminal() throws Exception {
    LoginShell shell = after("printf 'hello\\033[31m\\nyou'; ", 60_000);
    assertThat(shell.usable()).isTrue();
    assertThat(shell.trouble())
        .contains("the login shell of someone prints by itself: 'hello?[31m;");
  }

  @Test
  void aSlowOneIsMeasuredAndNamed() throws Exception {
    LoginShell shell = after("sleep 5.1; ", 60_000);
    assertThat(shell.usable()).isTrue();
    assertThat(shell.startNanos()).isGreaterThan(TimeUnit.SECONDS.toNanos(5));
    assertThat(shell.trouble())
        .containsPattern("the login shell of someone takes \\d+\\.\\d s until")
        .contains(".bashrc");
  }

  @Test
  void oneThatWaitsForAnAnswerIsNamedWithItsQuestion() throws Exception {
    LoginShell shell = after("echo Your token?; read token; ", 2_000);
    assertThat(shell.usable()).isFalse();
    assertThat(shell.trouble())
        .contains("the login shell of someone did not carry out `echo` (no end within 2 s)")
        .contains("'Your token?'");
  }

  @Test
  void oneThatLeavesIsNamedWithItsExitCode() throws Exception {
    LoginShell shell = after("exit 7; ", 60_000);
    assertThat(shell.usable()).isFalse();
    assertThat(shell.trouble())
        .contains("does not carry out commands: `echo` ended with exit code 7");
  }
}
