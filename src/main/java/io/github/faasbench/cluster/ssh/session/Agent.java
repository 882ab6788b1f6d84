package io.github.faasbench.cluster.ssh.session;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.SSHAgentConnector;
import io.github.faasbench.words.FileErrors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys of the SSH agent. It signs; the private keys stay with it.
 *
 * @param trouble why it has none; empty when it was asked, or there is no agent
 */
record Agent(List<Identity> keys, String trouble) {

  /** Asks the agent that listens on the socket. */
  static Agent at(Optional<Path> socket) {
    if (socket.isEmpty()) {
      return new Agent(List.of(), "");
    }
    try {
      var connector = new SSHAgentConnector(socket.get());
      if (!connector.isAvailable()) {
        return none(socket.get(), "nothing answers there");
      }
      return new Agent(List.copyOf(new AgentIdentityRepository(connector).getIdentities()), "");
    } catch (Exception e) { // AgentProxyException, and what its socket classes throw
      return none(socket.get(), FileErrors.of(e));
    }
  }

  private static Agent none(Path socket, String why) {
    return new Agent(
        List.of(), "the SSH agent at " + socket + " (SSH_AUTH_SOCK) can't be used: " + why);
  }

  Optional<Identity> with(byte[] publicKey) {
    return keys.stream()
        .filter(key -> publicKey != null && Arrays.equals(key.getPublicKeyBlob(), publicKey))
        .findFirst();
  }
}
