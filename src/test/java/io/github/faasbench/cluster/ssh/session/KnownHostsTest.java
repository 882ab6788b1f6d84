package io.github.faasbench.cluster.ssh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5kOBVMgRI5bCzCc8f4VtWn0aM4sMbQ0dxS8zs1mQ1p";
  private static final String OTHER =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  @TempDir Path folder;
  private Path file;
  private KnownHosts hosts;

  @BeforeEach
  void open() {
    file = folder.resolve("deep/known_hosts");
    hosts = new KnownHosts(file);
  }

  @Test
  void aPinReplacesWhatWasKnownAndLeavesOthersAlone() throws IOException {
    hosts.pin("[127.0.0.1]:2201", OTHER + " root@node");
    hosts.pin("[127.0.0.1]:2202", OTHER);
    hosts.pin("[127.0.0.1]:2201", KEY);
    assertThat(Files.readString(file))
        .isEqualTo("[127.0.0.1]:2202 " + OTHER + "\n[127.0.0.1]:2201 " + KEY + "\n");
    assertThat(hosts.of("[127.0.0.1]:2201")).hasSize(1);
  }

  @Test
  void forgettingKeepsCommentsAndOtherHosts() throws IOException {
    hosts.forget("[127.0.0.1]:2201");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "# kept\n[127.0.0.1]:2201 " + KEY + "\nother " + KEY + "\n");
    hosts.forget("[127.0.0.1]:2201");
    assertThat(Files.readString(file)).isEqualTo("# kept\nother " + KEY + "\n");
  }

  @Test
  void aLineWithoutNewlineIsNotGluedTo() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "other " + KEY);
    hosts.trust("host", "ssh-ed25519", new byte[] {1, 2, 3});
    assertThat(Files.readString(file)).isEqualTo("other " + KEY + "\nhost ssh-ed25519 AQID\n");
  }

  @Test
  void ofTwoFirstKeysOnlyOneIsTaken() throws IOException {
    assertThat(hosts.trust("host", "ssh-ed25519", new byte[] {1})).hasSize(1);
    assertThat(hosts.trust("host", "ssh-ed25519", new byte[] {2}))
        .singleElement()
        .satisfies(entry -> assertThat(entry.key()).containsExactly(1));
  }

  @Test
  void patternsAreReadAsOpenSshReadsThem() throws IOException {
    hosts = KnownHosts.ofUser(file);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "*.lab,!bad.lab,10.0.0.? " + KEY + "\n@cert-authority * " + KEY + "\nnot a line\n");
    assertThat(hosts.of("one.lab"))
        .extracting(KnownHosts.Entry::mark)
        .containsExactly("", "@cert-authority");
    assertThat(hosts.of("ONE.LAB")).hasSize(2);
    assertThat(hosts.of("10.0.0.7")).hasSize(2);
    assertThat(hosts.of("bad.lab")).hasSize(1);
    assertThat(hosts.of("10.0.0.77")).hasSize(1);
  }

  @Test
  void ourOwnLinesStandForOneHostEach() throws IOException {
    Files.createDirectories(file.getParent());
    for (String pattern : List.of("*", "no?e", "node,other", "!x,node")) {
      Files.writeString(file, pattern + " " + KEY + "\n");
      assertThat(hosts.of("node")).as(pattern).isEmpty();
    }
    Files.writeString(file, "* " + KEY + "\nnode " + OTHER + "\n@revoked * " + KEY + "\n");
    assertThat(hosts.of("node")).extracting(KnownHosts.Entry::line).containsExactly(2, 3);
    assertThat(hosts.trust("another", "ssh-ed25519", new byte[] {1})).hasSize(2);
  }

  @Test
  void aNameIsNoPatternListHashMarkOrComment() {
    for (String name :
        List.of(
            "*", "a?", "!a", "a,b", "a b", "a\tb", "|1|a|b", "#a", "@a", "a\nb", "", "a\u0001")) {
      assertThat(KnownHosts.isName(name)).as(name).isFalse();
      assertThatThrownBy(() -> hosts.pin(name, KEY)).isInstanceOf(IOException.class);
    }
    for (String name : List.of("node", "[127.0.0.1]:2201", "fe80::1%eth0", "a_b.c-d")) {
      assertThat(KnownHosts.isName(name)).as(name).isTrue();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    Path theirs = Files.writeString(folder.resolve("theirs"), "mine\n");
    Files.createDirectories(file.getParent());
    Files.createSymbolicLink(file, theirs);
    assertThatThrownBy(() -> hosts.pin("node", KEY)).hasMessageContaining("is a link to " + theirs);
    assertThatThrownBy(() -> hosts.trust("node", "ssh-ed25519", new byte[] {1}))
        .hasMessageContaining("is a link to " + theirs);
    assertThat(Files.readString(theirs)).isEqualTo("mine\n");
  }

  @Test
  void portsOtherThan22AreBracketed() {
    assertThat(KnownHosts.hostPort("node", 22)).isEqualTo("node");
    assertThat(KnownHosts.hostPort("node", 2201)).isEqualTo("[node]:2201");
  }

  @Test
  void onlyAPublicKeyIsPinned() {
    assertThatThrownBy(() -> hosts.pin("host", "-----BEGIN"))
        .hasMessageContaining("public host key");
    assertThat(file).doesNotExist();
  }
}
