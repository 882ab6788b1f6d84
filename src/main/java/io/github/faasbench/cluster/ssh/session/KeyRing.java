package io.github.faasbench.cluster.ssh.session;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import io.github.faasbench.cluster.ssh.session.LoginSettings.Prompt;
import io.github.faasbench.files.PlainFile;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The private keys of a run: each is read, and its passphrase asked for, once for all nodes. A
 * wrong passphrase is noticed here and never costs a failed login. Passphrases are wiped after use,
 * but for the environment's own copy, which Java can't wipe.
 */
final class KeyRing {
  private static final int PROMPTS = 3;

  private final Map<Path, Identity> unlocked = new HashMap<>();
  private final UnaryOperator<String> environment;
  private final Prompt prompt;

  KeyRing(UnaryOperator<String> environment, Prompt prompt) {
    this.environment = environment;
    this.prompt = prompt;
  }

  /**
   * The keys to offer a host.
   *
   * @throws LoginException when there is none, or one that is named can't be used
   */
  synchronized OfferedKeys offer(Hop hop) throws LoginException {
    OfferedKeys offered = new OfferedKeys();
    if (hop.passwordEnv().isPresent()) {
      return offered;
    }
    Hop.Keys wanted = hop.keys();
    Agent agent = Agent.at(wanted.agent());
    if (!wanted.named() && !wanted.only()) {
      addAll(agent, offered);
    }
    Path locked = null;
    for (Path file : wanted.files()) {
      boolean skipped = !addFile(file, hop, agent, offered);
      if (skipped && Files.isReadable(file) && locked == null) {
        locked = file;
      }
    }
    if (wanted.named() && !wanted.only()) {
      addAll(agent, offered);
    }
    if (offered.isEmpty() && locked != null) {
      offered.add(locked.toString(), ask(locked, hop));
    }
    if (offered.isEmpty()) {
      throw none(hop, agent);
    }
    return offered;
  }

  private static void addAll(Agent agent, OfferedKeys offered) {
    agent.keys().forEach(key -> offered.add("agent: " + key.getName(), key));
  }

  /** Adds what a file stands for; false when it is passed over. */
  private boolean addFile(Path file, Hop hop, Agent agent, OfferedKeys offered)
      throws LoginException {
    Hop.Keys wanted = hop.keys();
    if (!Files.isReadable(file)) {
      Optional<Identity> held = agent.with(publicPart(file));
      held.ifPresent(key -> offered.add("agent: " + key.getName(), key));
      if (held.isEmpty() && wanted.named() && wanted.only() && wanted.files().size() == 1) {
        throw new LoginException(
            "the identity "
                + file
                + " can't be read; for nodes of the compose file, `faasbench nodes up` makes it");
      }
      return held.isPresent();
    }
    Identity key = unlocked.get(real(file));
    if (key == null) {
      key = load(file);
      if (key.isEncrypted() && wanted.passphraseEnv().isPresent()) {
        unlock(key, file, wanted.passphraseEnv().get());
      }
      if (key.isEncrypted()) {
        Optional<Identity> held = agent.with(key.getPublicKeyBlob());
        if (held.isPresent()) {
          offered.add("agent: " + held.get().getName(), held.get());
          return true;
        }
        if (!wanted.named()) {
          return false;
        }
        key = ask(file, hop);
      }
      unlocked.put(real(file), key);
    }
    offered.add(file.toString(), key);
    return true;
  }

  private static Identity load(Path file) throws LoginException {
    try {
      JSch reader = new JSch();
      reader.addIdentity(file.toString());
      return reader.getIdentityRepository().getIdentities().get(0);
    } catch (JSchException | RuntimeException e) {
      throw new LoginException(
          "the identity "
              + file
              + " can't be used ("
              + FileErrors.of(e)
              + "); private keys in OpenSSH's, PEM and PKCS8 format are read:"
              + " ed25519, ECDSA and RSA");
    }
  }

  private void unlock(Identity key, Path file, String variable) throws LoginException {
    String passphrase = environment.apply(variable);
    if (passphrase == null || passphrase.isEmpty()) {
      throw new LoginException(
          "passphraseEnv names the environment variable "
              + variable
              + ", which is not set; set it to the passphrase of "
              + file);
    }
    if (!decrypts(key, passphrase.toCharArray())) {
      throw new LoginException(
          "the passphrase in $" + variable + " is not that of " + file + "; correct the variable");
    }
  }

  private Identity ask(Path file, Hop hop) throws LoginException {
    for (int i = 0; i < PROMPTS; i++) {
      char[] passphrase = prompt.ask("passphrase of " + file + " (for " + hop.name() + "): ");
      if (passphrase == null) {
        throw new LoginException(
            "the identity "
                + file
                + " has a passphrase, and there is no terminal to ask for it; add the key to the"
                + " SSH agent (ssh-add "
                + file
                + "), or give the node `identity` and `passphraseEnv`, the name of an environment"
                + " variable that holds it");
      }
      Identity key = load(file);
      if (decrypts(key, passphrase)) {
        unlocked.put(real(file), key);
        return key;
      }
    }
    throw new LoginException(
        "none of the " + PROMPTS + " passphrases typed is that of " + file + "; nothing was sent");
  }

  /** Wipes the passphrase. */
  private static boolean decrypts(Identity key, char[] passphrase) {
    try {
      // For PKCS8 JSch takes each byte for a character, so that beyond ASCII only Latin-1 fits.
      return decrypts(key, passphrase, StandardCharsets.UTF_8)
          || decrypts(key, passphrase, StandardCharsets.ISO_8859_1);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private static boolean decrypts(Identity key, char[] passphrase, Charset charset) {
    ByteBuffer encoded = charset.encode(CharBuffer.wrap(passphrase));
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
    try {
      return key.setPassphrase(bytes) && !key.isEncrypted();
    } catch (JSchException | RuntimeException e) { // the padding that a wrong passphrase leaves
      return false;
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(encoded.array(), (byte) 0);
    }
  }

  private static LoginException none(Hop hop, Agent agent) {
    return new LoginException(
        "no key to log in with at "
            + hop.login()
            + ": looked for "
            + hop.keys().files()
            + (agent.trouble().isEmpty()
                ? hop.keys().agent().isPresent()
                    ? " and in the SSH agent, which has none that fits"
                    : "; there is no SSH agent"
                : "; " + agent.trouble())
            + "; give the node `identity` or `passwordEnv`, or start an agent (ssh-add)");
  }

  /** The public key beside a private one, or the file itself where it is a public key. */
  private static byte[] publicPart(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".pub");
    try {
      String[] words = PlainFile.text(beside).strip().split("\\s+");
      return words.length < 2 ? null : Base64.getDecoder().decode(words[1]);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static Path real(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
