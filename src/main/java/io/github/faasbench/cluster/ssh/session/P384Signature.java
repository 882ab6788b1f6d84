package io.github.faasbench.cluster.ssh.session;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.jce.SignatureECDSA384;

/**
 * ECDSA on the curve P-384. JSch 2.28.8 guesses the curve from the private number's length, and one
 * of 512 keys has a number so short that it signs on P-256, with which no server lets it in.
 */
public final class P384Signature extends SignatureECDSA384 {
  private static final int BYTES = 48;

  /** Lets JSch sign with it. */
  static void use() {
    JSch.setConfig("ecdsa-sha2-nistp384", P384Signature.class.getName());
  }

  @Override
  public void setPrvKey(byte[] number) throws Exception {
    byte[] full = number;
    if (number.length < BYTES) {
      full = new byte[BYTES];
      System.arraycopy(number, 0, full, BYTES - number.length, number.length);
    }
    super.setPrvKey(full);
  }
}
