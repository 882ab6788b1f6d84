package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a node hides nothing of the rest, and is called by its name. */
@Timeout(300)
class DoctorTest {

  @TempDir private Path folder;
  private ShellNode node;

  @BeforeEach
  void start() throws Exception {
    node = new ShellNode(folder.resolve("node"));
    node.experiment(folder);
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  private String doctor(int exitCode) throws Exception {
    ShellNode.Said said = node.faasbench(folder, "doctor", "e.yaml");
    assertThat(said.exitCode()).as(said.text()).isEqualTo(exitCode);
    return said.text();
  }

  @Test
  void aNodeInOrderIsFoundSo() throws Exception {
    assertThat(doctor(ExitCode.DONE))
        .contains("ok engine            20.10", "ok round trip", "ok clock offset", "ok free disk")
        .doesNotContain("not usable");
  }

  @Test
  void aLoadThatCannotBeReadHidesNoOtherFact() throws Exception {
    // It takes its question first: of a process that ends with input unread, the test's server
    // drops what it printed.
    node.program(
        "bash",
        """
        #!/bin/sh
        case "$*" in *--serve*) read -r question ;; esac
        echo no bash here >&2
        exit 9
        """);
    assertThat(doctor(ExitCode.UNREACHABLE))
        .contains("!! load              not usable", "exit 9 no bash here")
        .contains("ok engine            20.10", "ok clock offset", "ok free disk", "ok cores")
        .doesNotContain("looks closer", "!! login shell", "!! engine");
  }

  @Test
  void anEngineThatIsAwayHidesNoOtherFact() throws Exception {
    node.program("sudo", "#!/bin/sh\necho 'Cannot connect to the Docker daemon' >&2\nexit 1\n");
    assertThat(doctor(ExitCode.UNREACHABLE))
        .contains("!! engine            not usable", "Cannot connect to the Docker daemon")
        .contains("ok clock offset", "ok free disk", "ok round trip", "ok metrics script")
        .doesNotContain("!! load", "!! login shell");
  }

  @Test
  void aLoginShellThatPrintsIsNamed() throws Exception {
    node.beforeEachCommand("echo 'Welcome to the lab'; ");
    assertThat(doctor(ExitCode.UNREACHABLE))
        .contains("!! login shell       not usable")
        .contains("the login shell of me prints by itself: 'Welcome to the lab'", "[ -t 1 ]")
        .contains("ok engine            20.10", "ok free disk", "ok clock offset")
        .contains("ok API version       1.41");
  }

  @Test
  void whatTheLoginShellWritesToItsErrorOutputIsNoTrouble() throws Exception {
    node.beforeEachCommand("echo 'cannot change locale' >&2; ");
    assertThat(doctor(ExitCode.DONE)).doesNotContain("!! login shell");
  }

  @Test
  void aLoginShellThatCarriesOutNothingIsNamed() throws Exception {
    node.beforeEachCommand("echo 'This account is currently not available.'; exit 1; ");
    assertThat(doctor(ExitCode.UNREACHABLE))
        .contains("the login shell of me does not carry out commands", "with exit code 1")
        .contains("This account is currently not available.", "ok key exchange");
  }

  @Test
  void aFactThatACommandDoesNotTellHidesNoOther() throws Exception {
    node.program("df", "#!/bin/sh\necho no df here >&2\nexit 3\n");
    assertThat(doctor(ExitCode.DONE))
        .contains("!! free disk         not known: exit 3: no df here", "ok clock offset");
  }
}
