package io.github.faasbench.cluster.ssh.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Where logins find what they need.
 *
 * @param stateFolder where {@code known_hosts} is kept: {@code .faasbench}
 * @param baseFolder where relative paths are looked for when they are not below the working
 *     directory: the experiment file's folder
 * @param home the user's home, for {@code ~} and {@code .ssh}
 * @param environment looks up environment variables
 * @param prompt asks for passphrases
 * @param log takes lines for the run's log
 */
public record LoginSettings(
    Path stateFolder,
    Path baseFolder,
    Path home,
    UnaryOperator<String> environment,
    Prompt prompt,
    Consumer<String> log) {

  /** Asks the user for a secret. */
  public interface Prompt {
    /** Nobody is there to be asked. */
    Prompt NOBODY = question -> null;

    /**
     * What the user types, not shown; the caller wipes it.
     *
     * @return null when there is no terminal, or the user gave none
     */
    char[] ask(String question);
  }

  /** With the process's own home and environment. */
  public static LoginSettings of(
      Path stateFolder, Path baseFolder, Prompt prompt, Consumer<String> log) {
    Path home = Path.of(System.getProperty("user.home", "/"));
    return new LoginSettings(stateFolder, baseFolder, home, System::getenv, prompt, log);
  }

  /** The path as the experiment file means it. */
  public Path locate(String path) {
    if (path.startsWith("~/")) {
      return home.resolve(path.substring(2));
    }
    Path here = Path.of(path);
    return Files.exists(here) ? here : baseFolder.resolve(path);
  }
}
