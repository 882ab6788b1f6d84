package io.github.faasbench.provision;

import io.github.faasbench.experiment.NodeSpec.Login;
import java.util.ArrayList;
import java.util.List;

/** What let in to a node, as words of the state file: {@code KEY=VALUE}, none of them a secret. */
final class LoginWords {

  private LoginWords() {}

  static List<String> of(Login login) {
    List<String> words = new ArrayList<>();
    login.identity().ifPresent(path -> words.add("identity=" + path));
    login.passphraseEnv().ifPresent(variable -> words.add("passphraseEnv=" + variable));
    login.passwordEnv().ifPresent(variable -> words.add("passwordEnv=" + variable));
    login.hostKey().ifPresent(key -> words.add("hostKey=" + key));
    login.jump().forEach(host -> words.add("jump=" + host));
    login.sshConfig().ifPresent(path -> words.add("sshConfig=" + path));
    return words;
  }

  /** Words of an unknown form are left out. */
  static Login read(List<String> words) {
    Login login = Login.NONE;
    List<String> jump = new ArrayList<>();
    for (String word : words) {
      int end = word.indexOf('=');
      String value = word.substring(end + 1);
      switch (word.substring(0, Math.max(0, end))) {
        case "identity" -> login = login.identity(value);
        case "passphraseEnv" -> login = login.passphraseEnv(value);
        case "passwordEnv" -> login = login.passwordEnv(value);
        case "hostKey" -> login = login.hostKey(value);
        case "jump" -> jump.add(value);
        case "sshConfig" -> login = login.sshConfig(value);
        default -> {
          continue; // a newer faasbench may know more
        }
      }
    }
    return login.jump(jump);
  }
}
