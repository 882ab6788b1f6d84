package io.github.faasbench.cluster.ssh.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.experiment.NodeSpec.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConfigTest {
  @TempDir Path folder;
  private TestHome home;

  @BeforeEach
  void start() throws Exception {
    home = new TestHome(folder);
  }

  private List<Hop> way(String host, String user, Login login) throws LoginException {
    return Hops.to(TestHost.node(host, 0, user, login), home.settings());
  }

  private Hop node(String host) throws LoginException {
    List<Hop> way = way(host, "", Login.NONE);
    return way.get(way.size() - 1);
  }

  @Test
  void anAliasStandsForHostPortAndUser() throws Exception {
    home.config("Host lab\n  HostName 192.0.2.7\n  Port 2222\n  User ann\n");
    assertThat(node("lab").login()).isEqualTo("ann@192.0.2.7:2222");
    assertThat(node("lab").knownAs()).isEqualTo("[192.0.2.7]:2222");
  }

  @Test
  void whatTheExperimentSaysWins() throws Exception {
    home.config("Host lab\n HostName 192.0.2.7\n Port 2222\n User ann\n IdentityFile ~/k\n");
    Login login = Login.NONE.identity(Files.createFile(folder.resolve("mine")).toString());
    Hop hop = Hops.to(TestHost.node("lab", 22, "bob", login), home.settings()).get(0);
    assertThat(hop.login()).isEqualTo("bob@192.0.2.7:22");
    assertThat(hop.keys().files()).containsExactly(folder.resolve("mine"));
    assertThat(hop.keys().only()).isTrue();
  }

  @Test
  void theFirstValueCountsAndIdentityFilesAddUp() throws Exception {
    home.config(
        """
        IdentityFile ~/.ssh/%r@%h-%n-%p
        Host lab other !far
          Port = 2200
          User="ann"
          IdentityFile "%d/my key"   # with a blank
        Host lab*
          Port 9
          User bob
          HostName %h.example.org
          IdentityFile none
        Host *
          Port 10
        """);
    Hop lab = node("lab");
    assertThat(lab.login()).isEqualTo("ann@lab.example.org:2200");
    assertThat(lab.keys().files())
        .containsExactly(home.ssh("ann@lab.example.org-lab-2200"), home.home.resolve("my key"));
    assertThat(node("lab2").login()).isEqualTo("bob@lab2.example.org:9");
  }

  @Test
  void twoBlocksForTheSameHostBothCount() throws Exception {
    home.config("Host lab\n User ann\nHost b\n User x\nHost lab\n Port 2222\n");
    assertThat(node("lab").login()).isEqualTo("ann@lab:2222");
  }

  @Test
  void matchByHostAndUserIsJudgedAndOtherBlocksArePassedOver() throws Exception {
    home.config(
        """
        Host lab
          HostName 192.0.2.7
        Match host 192.0.2.* user ann,!bob
          Port 1
        Match exec "touch %s/never"
          Port 2
        Match originalhost lab !user bob
          Port 3
        Match all
          Port 4
          User zoe
        """
            .formatted(folder));
    assertThat(way("lab", "ann", Login.NONE).get(0).port()).isEqualTo(1);
    assertThat(way("lab", "eve", Login.NONE).get(0).port()).isEqualTo(3);
    assertThat(way("lab", "bob", Login.NONE).get(0).port()).isEqualTo(4);
    assertThat(folder.resolve("never")).doesNotExist();
    assertThat(home.log)
        .contains(
            home.ssh("config") + ":5: `Match exec` is not judged here; its lines are passed over");
  }

  @Test
  void includedFilesCountWhereTheyStand() throws Exception {
    Files.createDirectories(home.ssh("conf.d"));
    Files.writeString(home.ssh("conf.d/1.conf"), "Host lab\n Port 2201\n");
    Files.writeString(home.ssh("conf.d/2.conf"), "Host lab far\n Port 2202\n User ann\n");
    Files.writeString(home.ssh("conf.d/other"), "Host *\n Port 1\n");
    home.config("Host far\n Include conf.d/2*\nHost lab\n Include conf.d/*.conf\n");
    assertThat(node("lab").login()).isEqualTo("ann@lab:2201");
    assertThat(node("far").login()).isEqualTo("ann@far:2202");
    Files.writeString(home.ssh("circle"), "Include circle\n");
    home.config("Include circle\n");
    assertThatThrownBy(() -> node("lab")).hasMessageContaining("a circle?");
  }

  @Test
  void jumpHostsChainAndMayHaveTheirOwn() throws Exception {
    home.config(
        """
        Host lab
          ProxyJump ann@one:2201,two
          User lou
        Host one
          HostName 192.0.2.1
          ProxyJump zero
        Host two
          User tom
          IdentityFile ~/.ssh/two
          ProxyJump never
        """);
    assertThat(way("lab", "", Login.NONE))
        .extracting(Hop::login)
        .containsExactly("lou@zero:22", "ann@192.0.2.1:2201", "tom@two:22", "lou@lab:22");
    Path key = Files.createFile(folder.resolve("mine"));
    Login login = Login.NONE.identity(key.toString()).jump(List.of("two", "[::1]:2200"));
    assertThat(way("lab", "", login))
        .extracting(Hop::login)
        .containsExactly("lou@never:22", "tom@two:22", "lou@::1:2200", "lou@lab:22");
    // A jump host for which no key is configured is offered the node's.
    assertThat(way("lab", "", login).get(2).keys().files()).containsExactly(key);
    assertThat(way("lab", "", login).get(1).keys().files()).containsExactly(home.ssh("two"));
    assertThat(way("lab", "", Login.NONE.jump(List.of("none")))).hasSize(1);
  }

  @Test
  void jumpHostsInACircleAreRefused() throws Exception {
    home.config("Host a\n User u\n ProxyJump b\nHost b\n ProxyJump a\n");
    assertThatThrownBy(() -> node("a")).hasMessageContaining("more than 8 jump hosts lead to a");
  }

  @Test
  void aProxyCommandIsNeverRunAndSaysSo() throws Exception {
    home.config("Host lab\n User u\n ProxyCommand touch " + folder + "/never\n");
    assertThatThrownBy(() -> node("lab"))
        .hasMessageContaining(home.ssh("config") + ":3 gives lab a ProxyCommand")
        .hasMessageContaining("`jump`");
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void theConfigurationCanMakeHostKeysStricterAndNeverLaxer() throws Exception {
    home.config("Host a\n StrictHostKeyChecking yes\nHost *\n User u\n StrictHostKeyChecking no\n");
    assertThat(node("a").strict()).isTrue();
    assertThat(node("b").strict()).isFalse();
    assertThat(node("b").hostKey()).isEmpty(); // trust on first use, as without it
  }

  @Test
  void otherFilesOfKnownHostsAndSignsOfLifeAreTaken() throws Exception {
    home.config(
        """
        Host a
          UserKnownHostsFile ~/one "~/two two"
          GlobalKnownHostsFile none
          HostKeyAlias lab
          ServerAliveInterval 60
          ServerAliveCountMax 2
          ConnectTimeout 7
        Host *
          User u
          ServerAliveInterval 0
        """);
    Hop a = node("a");
    assertThat(a.knownHosts())
        .containsExactly(home.home.resolve("one"), home.home.resolve("two two"));
    assertThat(a.knownAs()).isEqualTo("lab");
    assertThat(List.of(a.aliveSeconds(), a.aliveCount(), a.connectSeconds()))
        .containsExactly(60, 2, 7);
    assertThat(node("b").aliveSeconds()).as("0 would mean never").isEqualTo(5);
  }

  @Test
  void sshConfigNamesAnotherFileOrNone() throws Exception {
    home.config("Host lab\n HostName wrong\n");
    Path other = Files.writeString(folder.resolve("other"), "Host lab\n HostName right\n User u\n");
    Login login = Login.NONE.sshConfig(other.toString());
    assertThat(way("lab", "", login).get(0).login()).isEqualTo("u@right:22");
    assertThat(way("lab", "u", Login.NONE.sshConfig("off")).get(0).login()).isEqualTo("u@lab:22");
    assertThatThrownBy(() -> way("lab", "u", Login.NONE.sshConfig("gone")))
        .hasMessageContaining("sshConfig names " + home.home.resolve("gone"));
  }

  @Test
  void mistakesHaveTheirPlace() throws Exception {
    assertThatThrownBy(() -> node("lab")).hasMessageContaining("no user is named for lab");
    home.config("Host lab\n User u\n Port many\n");
    assertThatThrownBy(() -> node("lab"))
        .hasMessage(home.ssh("config") + ":3: port is 'many'; allowed: 1 to 65535");
    home.config("Host \"lab\n");
    assertThatThrownBy(() -> node("lab"))
        .hasMessage(home.ssh("config") + ":1: a quote without its end; correct the line");
    home.config("Host lab\n User u\n ProxyJump a:b:c\n");
    assertThatThrownBy(() -> node("lab")).hasMessageContaining("'a:b:c' is no jump host for lab");
  }
}
