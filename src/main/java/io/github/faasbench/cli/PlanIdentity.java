package io.github.faasbench.cli;

import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What must be the same, besides the resolved file, for a run to go on. */
final class PlanIdentity {

  private PlanIdentity() {}

  /** SHA-256 of the cells in their order, with their seeds and numbers of calls. */
  static String cells(Plan plan) {
    var text = new StringBuilder();
    for (Cell cell : plan.cells()) {
      text.append(cell.id())
          .append(' ')
          .append(cell.repetition())
          .append(' ')
          .append(cell.invocations())
          .append(' ')
          .append(cell.seeds())
          .append('\n');
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
