package io.github.faasbench.cluster.ssh.session;

import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.files.PlainFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A {@code known_hosts} file in OpenSSH's format: plain, wildcard and hashed hosts,
 * {@code @revoked} and {@code @cert-authority} marks. Hosts are written {@code host} for port 22,
 * else {@code [host]:port}. Changes are atomic and exclude other processes by a lock file beside
 * it.
 */
public final class KnownHosts {
  static final String REVOKED = "@revoked";
  static final String AUTHORITY = "@cert-authority";

  private static final Object ONE_WRITER = new Object();

  /** What makes a pattern, a list, a hash, a mark or a comment of a name. */
  private static final Pattern NO_NAME =
      Pattern.compile(".*[*?!,|#@\\s\\p{Cntrl}].*", Pattern.DOTALL);

  private final Path file;
  private final boolean patterns;

  /**
   * Our own file, whose lines each stand for one host; what a pattern says of a host's key is not
   * believed: an older version may have written the line for a host that called itself so. The file
   * may be absent; it is made when a key is pinned.
   */
  public KnownHosts(Path file) {
    this(file, false);
  }

  private KnownHosts(Path file, boolean patterns) {
    this.file = file;
    this.patterns = patterns;
  }

  /** The user's file, in which a line may stand for many hosts. */
  static KnownHosts ofUser(Path file) {
    return new KnownHosts(file, true);
  }

  /** Whether a line with it would speak of that host alone. */
  static boolean isName(String hostPort) {
    return !hostPort.isEmpty() && !NO_NAME.matcher(hostPort).matches();
  }

  /**
   * One key of one line.
   *
   * @param line 1-based
   * @param mark {@code @revoked}, {@code @cert-authority} or empty
   * @param type {@code ssh-ed25519} and the like
   */
  record Entry(Path file, int line, String mark, String hosts, String type, byte[] key) {
    /** No connection to a host with this key. */
    boolean revoked() {
      return mark.equals(REVOKED);
    }

    /** The key signs host certificates and is no host's own. */
    boolean authority() {
      return mark.equals(AUTHORITY);
    }

    /** A host's own key. */
    boolean plain() {
      return mark.isEmpty();
    }

    String place() {
      return file + ":" + line;
    }
  }

  /** How hosts are written in the file. */
  public static String hostPort(String host, int port) {
    return port == 22 ? host : "[" + host + "]:" + port;
  }

  /** The fingerprint as OpenSSH shows it: {@code SHA256:…}. */
  public static String fingerprint(byte[] key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes this key the only one known for the host.
   *
   * @param hostPort as {@link #hostPort} writes it
   * @param keyLine a public key as in {@code ssh_host_ed25519_key.pub}: {@code ssh-ed25519 AAAA…}
   * @throws IOException when the file can't be written or the line is no public key
   */
  public void pin(String hostPort, String keyLine) throws IOException {
    String[] words = keyLine.strip().split("\\s+");
    if (!isName(hostPort)) {
      throw new IOException("no host's name: '" + hostPort + "'");
    }
    if (words.length < 2 || decoded(words[1]) == null) {
      throw new IOException("no public host key: expected 'ssh-ed25519 AAAA…'");
    }
    exclusively(
        () -> {
          List<String> lines = without(hostPort);
          lines.add(hostPort + " " + words[0] + " " + words[1]);
          replace(lines);
        });
  }

  /** Forgets all keys of the host; one that is not known is no failure. */
  public void forget(String hostPort) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    exclusively(() -> replace(without(hostPort)));
  }

  /**
   * Takes a host's first key: adds a line at the end, in one write, unless one came to be there
   * since the file was read.
   *
   * @return the host's keys in the file, now
   */
  List<Entry> trust(String hostPort, String type, byte[] key) throws IOException {
    exclusively(
        () -> {
          if (of(hostPort).stream().noneMatch(Entry::plain)) {
            append(hostPort + " " + type + " " + Base64.getEncoder().encodeToString(key) + "\n");
          }
        });
    return of(hostPort);
  }

  private void append(String line) throws IOException {
    String before = Files.exists(file) ? PlainFile.text(file, StandardCharsets.ISO_8859_1) : "";
    boolean cut = !before.isEmpty() && !before.endsWith("\n");
    byte[] bytes = ((cut ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8);
    try (FileChannel out =
        OwnFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      OwnFiles.writeFully(out, ByteBuffer.wrap(bytes));
    }
  }

  /** All entries that speak of the host. */
  List<Entry> of(String hostPort) throws IOException {
    List<Entry> found = new ArrayList<>();
    if (!Files.isReadable(file)) {
      return found;
    }
    int number = 0;
    for (String line : PlainFile.text(file, StandardCharsets.ISO_8859_1).split("\n")) {
      number++;
      Entry entry = parse(line.strip(), number);
      if (entry != null && speaksOf(entry.hosts, hostPort) && isBelieved(entry)) {
        found.add(entry);
      }
    }
    return found;
  }

  private boolean isBelieved(Entry entry) {
    return patterns || !entry.plain() || isName(entry.hosts) || isHashed(entry.hosts);
  }

  /** One hash, of one name. */
  private static boolean isHashed(String hosts) {
    return hosts.startsWith("|1|") && !hosts.contains(",");
  }

  private Entry parse(String line, int number) {
    String[] words = line.split("\\s+");
    String mark = words[0].startsWith("@") ? words[0] : "";
    int first = mark.isEmpty() ? 0 : 1;
    if (line.startsWith("#")
        || words.length < first + 3
        || !List.of("", REVOKED, AUTHORITY).contains(mark)) {
      return null;
    }
    byte[] key = decoded(words[first + 2]);
    return key == null ? null : new Entry(file, number, mark, words[first], words[first + 1], key);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean speaksOf(String patterns, String hostPort) {
    List<String> all = List.of(patterns.split(","));
    return HostPatterns.match(all, hostPort)
        || all.stream().anyMatch(one -> one.startsWith("|1|") && isHashOf(one, hostPort));
  }

  private static boolean isHashOf(String pattern, String host) {
    String[] parts = pattern.split("\\|");
    byte[] salt = parts.length == 4 ? decoded(parts[2]) : null;
    byte[] hash = parts.length == 4 ? decoded(parts[3]) : null;
    if (salt == null || hash == null || salt.length == 0) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1"); // the format's own choice, OpenSSH HashKnownHosts
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      return Arrays.equals(hash, mac.doFinal(host.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> without(String hostPort) throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.exists(file)) {
      int number = 0;
      for (String line : PlainFile.text(file, StandardCharsets.ISO_8859_1).split("\n")) {
        Entry entry = parse(line.strip(), ++number);
        boolean drop = entry != null && entry.plain() && speaksOf(entry.hosts, hostPort);
        if (!drop && !line.isEmpty()) {
          lines.add(line);
        }
      }
    }
    return lines;
  }

  private void replace(List<String> lines) throws IOException {
    String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    OwnFiles.replace(file, text, StandardCharsets.ISO_8859_1);
  }

  /** A change of the file. */
  private interface Change {
    void make() throws IOException;
  }

  private void exclusively(Change change) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path lockFile = folder.resolve(file.getFileName() + ".lock");
    synchronized (ONE_WRITER) {
      OwnFiles.root(folder);
      try (FileChannel lock =
          OwnFiles.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock(); // let go with the channel
        change.make();
      }
    }
  }
}
