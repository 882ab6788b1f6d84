package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyPairTest {

  @TempDir Path folder;

  private final ProcessRunner processes = new SystemProcesses();

  @Test
  void aPairIsMadeOnceForItsOwnerOnly() throws Exception {
    Path keys = folder.resolve(".faasbench");
    KeyPair first = KeyPair.in(keys, processes);
    KeyPair second = KeyPair.in(keys, processes);
    assertThat(first).isEqualTo(second);
    assertThat(first.publicKey()).matches("ssh-ed25519 [A-Za-z0-9+/=]+ faasbench");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.privateKey())))
        .isEqualTo("rw-------");
    assertThat(keys.resolve("id_ed25519.part")).doesNotExist();
  }

  @Test
  void aLostPublicKeyIsWrittenAnewFromThePrivateOne() throws Exception {
    KeyPair first = KeyPair.in(folder, processes);
    Files.delete(folder.resolve("id_ed25519.pub"));
    assertThat(KeyPair.in(folder, processes).publicKey()).isEqualTo(first.publicKey());
  }

  @Test
  void aPrivateKeyThatOthersMayReadIsRestricted() throws Exception {
    Path key = KeyPair.in(folder, processes).privateKey();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    KeyPair.in(folder, processes);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void withoutSshKeygenTheMessageNamesThePackage() {
    var runner = new FakeRunner().on("ssh-keygen", ProcessRunner.NOT_FOUND);
    assertThatThrownBy(() -> KeyPair.in(folder, runner))
        .isInstanceOf(ProvisionException.class)
        .hasMessageContaining("no ssh-keygen in PATH")
        .hasMessageContaining("apt-get install openssh-client");
    assertThat(folder.resolve("id_ed25519")).doesNotExist();
  }
}
