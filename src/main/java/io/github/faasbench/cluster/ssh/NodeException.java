package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.NodeFailure;
import java.util.regex.Pattern;

/** A failed operation on a node, on its way to the callback. The message is for the user. */
final class NodeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The end of a message whose cause the command finds out. */
  static final String LOOK_CLOSER = "; `faasbench doctor` looks closer";

  /** Of a message, in characters: it stands in the CSV, in the log and on the screen. */
  private static final int LONGEST = 2_000;

  private static final Pattern LINE_ENDS = Pattern.compile("\\h*[\\r\\n]\\s*");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private final NodeFailure.Kind kind;
  private final boolean mayHaveRun;

  NodeException(NodeFailure.Kind kind, String message) {
    this(kind, message, false);
  }

  NodeException(NodeFailure.Kind kind, String message, boolean mayHaveRun) {
    super(oneLine(message));
    this.kind = kind;
    this.mayHaveRun = mayHaveRun;
  }

  NodeFailure.Kind kind() {
    return kind;
  }

  NodeFailure at(String node) {
    return new NodeFailure(kind, node, getMessage(), mayHaveRun);
  }

  /** The same failure at a point where the function may have started. */
  NodeException afterStart() {
    return new NodeException(kind, getMessage(), true);
  }

  /** What a node said, on one line that steers no terminal and fills no log. */
  static String oneLine(String text) {
    return text == null ? "" : shown(text.strip(), LONGEST);
  }

  /** Line ends become semicolons, other control and format characters question marks. */
  static String shown(String text, int most) {
    String start = text.length() > most ? text.substring(0, most) + "…" : text;
    return UNSEEN.matcher(LINE_ENDS.matcher(start).replaceAll("; ")).replaceAll("?");
  }
}
