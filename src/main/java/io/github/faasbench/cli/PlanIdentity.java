package io.github.faasbench.cli;

import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What must be the same, besides the resolved file, for a run to go on, as SHA-256. */
final class PlanIdentity {

  private PlanIdentity() {}

  /** The cells in their order, with their seeds and numbers of calls. */
  static String cells(Plan plan) {
    MessageDigest digest = digest();
    for (Cell cell : plan.cells()) {
      String line = cell.id() + " " + cell.repetition() + " " + cell.invocations() + " ";
      digest.update((line + cell.seeds() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return hex(digest);
  }

  /** The earlier calls that policies learn from; empty: none do. */
  static String history(Experiment experiment) throws IOException {
    MessageDigest digest = digest();
    boolean any = false;
    for (Choice policy : experiment.policies()) {
      if (policy.parameters().get(Histories.PARAMETER) instanceof String file) {
        any = true;
        update(digest, experiment.resolve(file));
      }
    }
    return any ? hex(digest) : "";
  }

  private static void update(MessageDigest digest, Path file) throws IOException {
    byte[] block = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
