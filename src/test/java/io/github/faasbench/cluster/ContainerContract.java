package io.github.faasbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every node of real containers keeps beyond {@link NodeContract}, whichever way its engine is
 * spoken to. The image is a busybox, in a registry that the node reaches.
 */
public abstract class ContainerContract extends NodeContract {

  /** Whether bytes of a pull are measured. */
  protected abstract boolean measuresBytes();

  @Override
  protected final RunRequest taking(double seconds, RunRequest request) {
    return like(request, List.of("sleep", String.valueOf(seconds)), request.network());
  }

  @Test
  void aColdRunSaysWhatItFetchedAndWhatWasPrinted() {
    removeImage();
    CallResult result = run(request(true, "echo", "Ok"));
    assertThat(result.output()).isEqualTo("Ok\n");
    PullResult pull = result.pull().orElseThrow();
    if (measuresBytes()) {
      assertThat(pull.pulledBytes()).isGreaterThan(100_000);
    } else {
      assertThat(pull.pulledBytes()).isEqualTo(-1);
    }
    assertThat(result.cleanupNanos()).isPositive();
  }

  @Test
  void outputAndErrorsOfACommandInAWaitingContainerAreKept() {
    CallResult result = exec(in(waiting(), "sh", "-c", "echo out; echo err >&2"));
    assertThat(result.output()).contains("out\n").contains("err\n");
  }

  @Test
  void aContainerSeesTheNetworkThatWasAskedFor() {
    pullImage();
    assertThat(interfaces("none")).contains("lo").doesNotContain("eth0", "docker0");
    assertThat(interfaces("bridge")).contains("lo", "eth0").doesNotContain("docker0");
    assertThat(interfaces("host")).contains("lo", "docker0");
  }

  /** As a container that is made for one call sees them; one that waits sees the same. */
  private List<String> interfaces(String network) {
    String[] list = {"sh", "-c", "for i in /sys/class/net/*; do echo ${i##*/}; done"};
    RunRequest made = onNetwork(network, request(false, list));
    List<String> seen = run(made).output().lines().toList();
    RunRequest waits = onNetwork(network, request(false));
    this.<Long>ask(done -> node().startWaiting(waits, done)).value();
    CallResult inside = exec(in(waits, list));
    assertThat(inside.output().lines().toList()).isEqualTo(seen);
    return seen;
  }

  private static RunRequest onNetwork(String network, RunRequest request) {
    return like(request, request.command(), network);
  }

  /** The same, but for these two. */
  private static RunRequest like(RunRequest request, List<String> command, String network) {
    return new RunRequest(
        request.container(),
        request.image(),
        command,
        request.labels(),
        network,
        request.pull(),
        request.demand());
  }

  @Test
  void exitCodesAreTheFunctionsOwn() {
    RunRequest container = waiting();
    assertThat(run(request(false, "sh", "-c", "exit 7")).exitCode()).isEqualTo(7);
    assertThat(exec(in(container, "sh", "-c", "exit 9")).exitCode()).isEqualTo(9);
    assertThat(exec(in(container, "false")).exitCode()).isEqualTo(1);
    assertThat(exec(in(container, "sh", "-c", "kill -9 $$")).exitCode()).isEqualTo(137);
  }

  @Test
  void aCommandThatTheImageLacksEndsWith127() {
    RunRequest container = waiting();
    CallResult run = run(request(false, "no-such-command"));
    assertThat(run.exitCode()).isEqualTo(127);
    assertThat(run.output()).contains("no-such-command");
    CallResult exec = exec(in(container, "no-such-command"));
    assertThat(exec.exitCode()).isBetween(126, 127);
    assertThat(exec.output()).contains("no-such-command");
  }

  @Test
  void anExecWithoutCommandIsAFailure() {
    RunRequest container = waiting();
    NodeFailure failure = this.<CallResult>ask(done -> node().exec(in(container), done)).failure();
    assertThat(failure.message()).contains("no command");
  }

  @Test
  void outputIsKeptToItsFirst64KiB() {
    RunRequest container = waiting();
    String[] flood = {"sh", "-c", "echo first; dd if=/dev/zero bs=1M count=8 2>/dev/null"};
    CallResult run = run(request(false, flood));
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).startsWith("first\n").hasSize(64 << 10);
    CallResult exec = exec(in(container, flood));
    assertThat(exec.exitCode()).isZero();
    assertThat(exec.output()).startsWith("first\n").hasSize(64 << 10);
  }

  @Test
  void hostileArgumentsArriveVerbatim() {
    String hostile =
        "a b'c\"d $HOME `id` $(id) \\ \\n ;|&<>*?[]{}~!#\t%s\nsecond line é 你 'quoted' ''";
    RunRequest container = waiting();
    String[] command = {"sh", "-c", "printf '%s|' \"$@\"", "sh", "--flag", hostile, "", "-x"};
    String wanted = "--flag|" + hostile + "||-x|";
    assertThat(run(request(false, command)).output()).isEqualTo(wanted);
    assertThat(exec(in(container, command)).output()).isEqualTo(wanted);
  }

  @Test
  void outputsOfCallsAtOnceAreKeptApart() {
    RunRequest container = waiting();
    long begun = cluster().loop().nowNanos();
    List<Answer<CallResult>> calls =
        IntStream.range(0, 7)
            .mapToObj(
                i ->
                    this.<CallResult>ask(
                        done -> node().exec(in(container, "sh", "-c", "sleep 2; echo " + i), done)))
            .toList();
    for (int i = 0; i < calls.size(); i++) {
      assertThat(calls.get(i).value().output()).isEqualTo(i + "\n");
    }
    assertThat(cluster().loop().nowNanos() - begun).isLessThan(TimeUnit.SECONDS.toNanos(9));
  }

  @Test
  void theInventoryShowsTheEnginesIds() {
    RunRequest container = waiting();
    Inventory inventory = inventory();
    assertThat(inventory.images().get(image() + ":latest")).startsWith("sha256:");
    assertThat(inventory.containers())
        .filteredOn(found -> found.name().equals(container.container()))
        .singleElement()
        .satisfies(found -> assertThat(found.id()).matches("[0-9a-f]{64}"));
  }

  @Test
  void aNodeUsesMemory() {
    assertThat(this.<LoadReading>ask(node()::load).value().ramPercent()).isGreaterThan(0.1);
  }

  @Test
  void aNodeDescribesItsEngineAndItsConnection() {
    NodeFacts facts = this.<NodeFacts>ask(node()::describe).value();
    assertThat(facts.engineVersion()).matches("\\d+\\..*");
    assertThat(facts.roundTripNanos()).isBetween(1L, TimeUnit.SECONDS.toNanos(1));
    assertThat(facts.clockOffsetNanos()).isNotZero();
    assertThat(Math.abs(facts.clockOffsetNanos())).isLessThan(TimeUnit.SECONDS.toNanos(1));
    assertThat(facts.other()).doesNotContainKey("clock");
    assertThat(facts.other())
        .containsKeys(
            "kernel",
            "cores",
            "memory",
            "storage driver",
            "cgroup version",
            "API version",
            "host key",
            "metrics script",
            "free disk",
            "ssh true");
    assertThat(facts.other().get("host key")).matches("ssh-ed25519 SHA256:\\S+");
  }
}
