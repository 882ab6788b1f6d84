package io.github.faasbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.Test;

/** What only goes wrong in the packed jar. */
class ShadedJarIT {

  private static final Path JAR = Path.of(System.getProperty("faasbench.jar"));

  @Test
  void theManifestNamesMainClassAndSeveralReleases() throws IOException {
    try (var jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes())
          .extractingByKeys(
              new java.util.jar.Attributes.Name("Main-Class"),
              new java.util.jar.Attributes.Name("Multi-Release"))
          .containsExactly("io.github.faasbench.cli.Main", "true");
    }
  }

  @Test
  void theJarHoldsNoSignatureAndNoModule() throws IOException {
    try (var jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains("META-INF/LICENSE")
          .noneMatch(name -> name.endsWith(".SF") || name.endsWith("module-info.class"));
    }
  }

  /**
   * JSch's ed25519 lies in the part of its jar for Java 15 and newer, which a virtual machine reads
   * only in a jar that says {@code Multi-Release: true}; on the unpacked class path it always
   * works.
   */
  @Test
  void aServerWithOnlyAnEd25519HostKeyIsReached() throws Exception {
    try (SshServer server = SshServer.setUpDefaultServer()) {
      KeyPair key = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
      server.setHost("127.0.0.1");
      server.setPort(0);
      server.setKeyPairProvider(KeyPairProvider.wrap(key));
      server.setPasswordAuthenticator((user, password, session) -> true);
      server.start();
      assertThat(java(ConnectingMain.class, Integer.toString(server.getPort())))
          .isEqualTo("connected by ssh-ed25519");
    }
  }

  private static String java(Class<?> main, String argument) throws Exception {
    String tests = Path.of("target", "test-classes").toAbsolutePath().toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    JAR + File.pathSeparator + tests,
                    main.getName(),
                    argument))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output.strip();
  }

  /** Runs in a virtual machine of its own that has the packed jar only. */
  static final class ConnectingMain {

    private ConnectingMain() {}

    public static void main(String[] arguments) throws Exception {
      Session session = new JSch().getSession("user", "127.0.0.1", Integer.parseInt(arguments[0]));
      session.setPassword("any".getBytes(StandardCharsets.UTF_8));
      Map.of("StrictHostKeyChecking", "no", "PreferredAuthentications", "password")
          .forEach(session::setConfig);
      session.connect(20_000);
      System.out.println("connected by " + session.getHostKey().getType());
      session.disconnect();
    }
  }
}
