package io.github.faasbench.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The separate random streams of a cell. They depend on the experiment's seed, the workload, the
 * functions and the repetition, and never on policy, warming or keepAlive: all of them meet the
 * same load.
 *
 * @param arrivals when calls arrive, and think times
 * @param service service times
 * @param starts container start times
 * @param policy what a policy draws
 */
public record Seeds(long arrivals, long service, long starts, long policy) {

  static Seeds of(long seed, String workload, String functions, int repetition) {
    String load = seed + "\n" + workload + "\n" + functions + "\n" + repetition + "\n";
    return new Seeds(
        hash(load + "arrivals"),
        hash(load + "service"),
        hash(load + "starts"),
        hash(load + "policy"));
  }

  /** The first 8 bytes of the text's SHA-256. */
  static long hash(String text) {
    return java.nio.ByteBuffer.wrap(sha256(text)).getLong();
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
