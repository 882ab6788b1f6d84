package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.RunRequest;
import java.util.List;

/**
 * The command lines that carry out a call by {@code sudo docker}, with stamps of the node's clock
 * between the steps. What the function prints goes to standard error, and only the script itself
 * writes to standard output (descriptor 3 is closed for docker), so a function can't forge a
 * marker; the random word in front of each tells them from what a shell's rc file prints.
 */
final class CliScript {
  static final String DOCKER = "sudo -n docker ";

  /** Sets T to nanoseconds since the epoch: bash 5 without a process, else GNU date. */
  private static final String PRELUDE =
      """
      exec 3>&1 1>&2
      t() {
        if [ -n "$EPOCHREALTIME" ]; then E=$EPOCHREALTIME; T=${E%[.,]*}${E#*[.,]}000
        else T=$(date +%s%N); fi
      }
      m() { printf '%s %s\\n' @ "$*" >&3; }
      quote() { printf '%s\\n' "$2" | sed "s/^/@ $1 /" >&3; }
      """;

  private static final String INSPECTED =
      "'{{.Created}} {{.State.StartedAt}} {{.State.FinishedAt}} {{.State.ExitCode}}"
          + " {{.State.OOMKilled}}'";

  private CliScript() {}

  /**
   * {@code docker exec} with a stamp before and after it. Of a process that was killed or could not
   * be run it is told whether its container runs; of a killed one also what the engine noted of its
   * memory, up to the next second, since that word may come a moment later.
   */
  static String exec(String nonce, RunRequest request) {
    String container = ShellQuote.word(request.container());
    String command = container + " " + words(request.command());
    return finished(
        nonce,
        "t; a=$T; "
            + DOCKER
            + "exec "
            + command
            + " 3>&-; r=$?; t; m end $r $a $T\n"
            + "O=; case $r in 126) ;; 137) O=$("
            + DOCKER
            + "events --since ${a%?????????} --until $((${T%?????????} + 1)) --filter event=oom"
            + " --filter container="
            + container
            + " --format '{{.Action}}' 2>/dev/null);; *) exit 0;; esac\n"
            + "m killed $("
            + DOCKER
            + "inspect -f '{{.State.Running}}' "
            + container
            + " 2>/dev/null || echo gone) ${O:+oom}\n");
  }

  /** Pull, create, start, inspect and removal; the end is told before what follows it. */
  static String run(String nonce, RunRequest request) {
    String name = ShellQuote.word(request.container());
    StringBuilder script = new StringBuilder("t; a=$T; b=$T; P=\n");
    if (request.pull()) {
      String image = ShellQuote.word(Inventory.withTag(request.image()));
      script.append("P=$(" + DOCKER + "pull " + image + " 2>&1 3>&-); r=$?; t; b=$T\n");
      script.append("[ $r = 0 ] || { quote nopull \"$P\"; exit 0; }\n");
      script.append("m pulled $a $b\n");
    }
    script.append("C=$(" + create(request, request.command()));
    script.append(" 2>&1 3>&-) || { quote nocreate \"$C\"; exit 0; }\n");
    script.append(DOCKER + "start -a " + name + " 3>&-; r=$?; m end $r\n");
    script.append("[ $r != 137 ] || sleep 0.5\n"); // that memory was short may be noted after it
    script.append("I=$(" + DOCKER + "inspect -f " + INSPECTED + " " + name + " 2>/dev/null)\n");
    script.append("t; c=$T; " + DOCKER + "rm -f -v " + name + " >/dev/null 2>&1 3>&-; t\n");
    script.append("m inspect $b $I\nquote layer \"$P\"\nm removed $c $T\n");
    return finished(nonce, script.toString());
  }

  /** Pulls and quotes what the pull says. */
  static String pull(String nonce, String image) {
    String full = ShellQuote.word(Inventory.withTag(image));
    return finished(
        nonce,
        "P=$("
            + DOCKER
            + "pull "
            + full
            + " 2>&1 3>&-); r=$?\n"
            + "[ $r = 0 ] || { quote nopull \"$P\"; exit 0; }\n"
            + "quote layer \"$P\"; m pulled 0 0\n");
  }

  /** {@code docker create}; a missing image is not pulled on the way. */
  static String create(RunRequest request, List<String> command) {
    StringBuilder line = new StringBuilder(DOCKER + "create --pull never --log-driver none");
    line.append(" --name ").append(ShellQuote.word(request.container()));
    line.append(" --network ").append(ShellQuote.word(request.network()));
    request
        .labels()
        .forEach(
            (key, value) -> line.append(" --label ").append(ShellQuote.word(key + "=" + value)));
    if (!command.isEmpty()) {
      line.append(" --entrypoint ''");
    }
    line.append(' ').append(ShellQuote.word(Inventory.withTag(request.image())));
    return line.append(' ').append(words(command)).toString();
  }

  private static String words(List<String> command) {
    return ShellQuote.words(command);
  }

  private static String finished(String nonce, String body) {
    return PRELUDE.replace("@", nonce) + body;
  }
}
