package io.github.faasbench.cluster.ssh.session;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Vector;
import java.util.stream.Collectors;

/**
 * The keys that one host is offered, in order. JSch's own repositories are not used: with the
 * agent's, {@code addIdentity} would put private keys into the agent.
 */
final class OfferedKeys implements IdentityRepository {
  private final List<Key> keys = new ArrayList<>();
  private volatile String used = "";

  /** Adds a key, unless it is there already. */
  void add(String label, Identity identity) {
    if (!has(identity.getPublicKeyBlob())) {
      keys.add(new Key(label, identity));
    }
  }

  boolean has(byte[] publicKey) {
    return keys.stream().anyMatch(key -> Arrays.equals(key.getPublicKeyBlob(), publicKey));
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  int count() {
    return keys.size();
  }

  /** The key that signed last. */
  String used() {
    return used;
  }

  @Override
  public String toString() {
    return keys.stream().map(Key::getName).collect(Collectors.joining(", "));
  }

  @Override
  public Vector<Identity> getIdentities() {
    return new Vector<>(keys);
  }

  @Override
  public String getName() {
    return "faasbench";
  }

  @Override
  public int getStatus() {
    return RUNNING;
  }

  @Override
  public boolean add(byte[] identity) {
    return false;
  }

  @Override
  public boolean remove(byte[] blob) {
    return false;
  }

  @Override
  public void removeAll() {
    // sessions don't own the keys
  }

  /** A key that tells when it signs. One at a time: sessions of several nodes share it. */
  private final class Key implements Identity {
    private final String label;
    private final Identity identity;

    Key(String label, Identity identity) {
      this.label = label;
      this.identity = identity;
    }

    @Override
    public boolean setPassphrase(byte[] passphrase) throws JSchException {
      return identity.setPassphrase(passphrase);
    }

    @Override
    public byte[] getPublicKeyBlob() {
      return identity.getPublicKeyBlob();
    }

    @Override
    public byte[] getSignature(byte[] data) {
      return getSignature(data, identity.getAlgName());
    }

    @Override
    public byte[] getSignature(byte[] data, String algorithm) {
      used = label;
      synchronized (identity) {
        return identity.getSignature(data, algorithm);
      }
    }

    @Override
    public String getAlgName() {
      return identity.getAlgName();
    }

    @Override
    public String getName() {
      return label;
    }

    @Override
    public boolean isEncrypted() {
      return identity.isEncrypted();
    }

    @Override
    public void clear() {
      // the key ring keeps it
    }
  }
}
