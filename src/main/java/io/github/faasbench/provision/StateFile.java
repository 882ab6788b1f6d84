package io.github.faasbench.provision;

import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.files.PlainFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What faasbench made or touched, and so may remove: {@code .faasbench/state}, one fact a line,
 * tabs between its words. Facts are appended and forced to disk before the act they speak of, so
 * that a crash loses none; a line that a crash cut off is left out. Every call reads the file anew:
 * another faasbench may have written.
 *
 * <p>A node is known by its address, {@code user@host:port}: a name may be another machine's in
 * another experiment. Older files have the name where an image was pulled to; such a line counts
 * for the name's machine when the file knows one alone, else for none, so that nothing foreign is
 * removed.
 */
public final class StateFile {

  private static final String NODE = "node";
  private static final String PULLED = "pulled";
  private static final String MADE = "made";
  private static final String FAULT = "fault";
  private static final String BY_CLI = "engine=cli";
  private static final Pattern ADDRESS = Pattern.compile("[^@]*@.+:[0-9]{1,5}");

  private final Path folder;
  private final Path file;

  /**
   * @param folder the folder {@code .faasbench}
   */
  public StateFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("state");
  }

  /** Whether there is one, and so whether faasbench ever worked from its folder. */
  public boolean exists() {
    return Files.exists(file);
  }

  /** The node's address as the file has it: with port 22 where none is stated. */
  public static String addressOf(NodeSpec node) {
    return node.user() + "@" + node.host() + ":" + (node.port() > 0 ? node.port() : 22);
  }

  /**
   * The node was touched.
   *
   * @param login what let in, with paths that hold from any folder; it has no secret in it
   * @param engine how Docker was spoken to there
   */
  public void touched(NodeSpec node, NodeSpec.Login login, EngineKind engine) throws IOException {
    List<String> words = new ArrayList<>(List.of(NODE, node.name(), addressOf(node)));
    words.addAll(LoginWords.of(login));
    if (engine == EngineKind.CLI) {
      words.add(BY_CLI);
    }
    add(words.toArray(String[]::new));
  }

  /** The image is about to be pulled to the node at the address, where it was not before. */
  public void pulled(String address, String image) throws IOException {
    add(PULLED, address, image);
  }

  /** The image was made on this machine. */
  public void made(String image) throws IOException {
    add(MADE, image);
  }

  /**
   * A fault that is done to a node on purpose and not undone yet.
   *
   * @param action as in the experiment file
   * @param container the node's container
   * @param before what is to be as it was
   */
  public record OpenFault(String action, String container, String node, String before) {
    private List<String> words() {
      return List.of(FAULT, action, container, node, before);
    }
  }

  /** The fault is about to be done. */
  public void broken(OpenFault fault) throws IOException {
    add(fault.words().toArray(String[]::new));
  }

  /** It is undone. */
  public void mended(OpenFault fault) throws IOException {
    drop(fault.words()::equals);
  }

  /** Those that a run left, or that a run does just now. */
  public List<OpenFault> faults() throws IOException {
    return read().stream()
        .filter(words -> words.get(0).equals(FAULT))
        .map(words -> new OpenFault(words.get(1), words.get(2), words.get(3), words.get(4)))
        .toList();
  }

  /** The image is off the node again. */
  public void removed(String address, String image) throws IOException {
    drop(List.of(PULLED, address, image)::equals);
  }

  /** The image is off this machine again. */
  public void unmade(String image) throws IOException {
    drop(List.of(MADE, image)::equals);
  }

  /** The node that listened at this port of this machine is gone, with all that was on it. */
  public void goneFrom(int port) throws IOException {
    drop(words -> !words.get(0).equals(MADE) && isHere(address(words), port));
  }

  private static String address(List<String> words) {
    return words.get(words.get(0).equals(NODE) ? 2 : 1);
  }

  private static boolean isHere(String address, int port) {
    return address.endsWith(":" + port)
        && Loopback.is(address.substring(address.indexOf('@') + 1, address.lastIndexOf(':')));
  }

  /**
   * One node that was touched, and what let in.
   *
   * @param address {@code user@host:port}
   * @param engine how Docker was spoken to; older files don't say, and mean the API
   */
  public record TouchedNode(String name, String address, NodeSpec.Login login, EngineKind engine) {

    private static TouchedNode of(List<String> words) {
      NodeSpec.Login login = LoginWords.read(words.subList(3, words.size()));
      EngineKind engine = words.contains(BY_CLI) ? EngineKind.CLI : EngineKind.API;
      return new TouchedNode(words.get(1), words.get(2), login, engine);
    }
  }

  /** The nodes touched, one an address, in the order of the first time; as they were last. */
  public List<TouchedNode> nodes() throws IOException {
    var nodes = new LinkedHashMap<String, TouchedNode>();
    for (List<String> words : read()) {
      if (words.get(0).equals(NODE)) {
        nodes.put(address(words), TouchedNode.of(words));
      }
    }
    return List.copyOf(nodes.values());
  }

  /** The images that faasbench pulled to the node at the address and did not remove. */
  public Set<String> pulledTo(String address) throws IOException {
    var images = new LinkedHashSet<String>();
    for (List<String> words : read()) {
      if (words.get(0).equals(PULLED) && address(words).equals(address)) {
        images.add(words.get(2));
      }
    }
    return images;
  }

  /** The images that faasbench made on this machine. */
  public Set<String> made() throws IOException {
    var images = new LinkedHashSet<String>();
    for (List<String> words : read()) {
      if (words.get(0).equals(MADE)) {
        images.add(words.get(1));
      }
    }
    return images;
  }

  @SuppressWarnings("try") // the lock is held, not used
  private void add(String... words) throws IOException {
    for (String word : words) {
      if (word.isEmpty() || word.chars().anyMatch(c -> c == '\t' || c == '\n' || c == '\r')) {
        throw new IllegalArgumentException("no word for a state file: '" + word + "'");
      }
    }
    try (var lock = FolderLock.take(folder)) {
      if (isKnown(List.of(words))) {
        return;
      }
      try (var channel =
          OwnFiles.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.position(endOfWholeLines(channel));
        channel.truncate(channel.position());
        write(channel, String.join("\t", words) + "\n");
      }
    }
  }

  /** Whether the file says so already; of a node, whether that is the last it says. */
  private boolean isKnown(List<String> fact) throws IOException {
    if (!fact.get(0).equals(NODE)) {
      return read().contains(fact);
    }
    return read().stream()
        .filter(words -> words.get(0).equals(NODE) && address(words).equals(address(fact)))
        .reduce((older, newer) -> newer)
        .equals(Optional.of(fact));
  }

  @SuppressWarnings("try") // the lock is held, not used
  private void drop(Predicate<List<String>> gone) throws IOException {
    try (var lock = FolderLock.take(folder)) {
      List<List<String>> all = read();
      List<List<String>> kept = all.stream().filter(gone.negate()).toList();
      if (kept.size() == all.size()) {
        return;
      }
      var text = new StringBuilder();
      kept.forEach(words -> text.append(String.join("\t", words)).append('\n'));
      OwnFiles.replace(file, text.toString());
    }
  }

  /** The facts; those of an unknown form are left out. */
  private List<List<String>> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = text();
    var facts = new ArrayList<List<String>>();
    Map<String, Set<String>> addresses = new HashMap<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
      List<String> words = List.of(line.split("\t"));
      if (!isFact(words)) {
        continue;
      }
      facts.add(words);
      if (words.get(0).equals(NODE)) {
        addresses.computeIfAbsent(words.get(1), name -> new HashSet<>()).add(address(words));
      }
    }
    facts.replaceAll(words -> words.get(0).equals(PULLED) ? byAddress(words, addresses) : words);
    return facts;
  }

  /** Files that a power cut leaves may hold zeros where there were lines. */
  private String text() throws IOException {
    String text = PlainFile.text(file);
    int damage = text.indexOf('\0');
    int noText = text.indexOf('\uFFFD'); // what the decoder puts where there is none
    damage = damage < 0 || noText >= 0 && noText < damage ? noText : damage;
    if (damage >= 0) {
      long line = 1 + text.substring(0, damage).chars().filter(c -> c == '\n').count();
      throw new StateDamagedException(
          file
              + ":"
              + line
              + ": damaged, there is no text. The file says what faasbench left on nodes and so may"
              + " remove: take the damaged lines out. Images that they spoke of count as not"
              + " faasbench's then; where they are in the way, remove them by docker rmi");
    }
    return text;
  }

  private static boolean isFact(List<String> words) {
    return switch (words.get(0)) {
      case NODE -> words.size() >= 3 && ADDRESS.matcher(words.get(2)).matches();
      case PULLED -> words.size() == 3;
      case MADE -> words.size() == 2;
      case FAULT -> words.size() == 5;
      default -> false;
    };
  }

  /** An image pulled to a node that is written by its name, as in older files. */
  private static List<String> byAddress(List<String> words, Map<String, Set<String>> addresses) {
    Set<String> known = addresses.getOrDefault(words.get(1), Set.of());
    return known.size() == 1 ? List.of(PULLED, known.iterator().next(), words.get(2)) : words;
  }

  private static long endOfWholeLines(FileChannel channel) throws IOException {
    var last = ByteBuffer.allocate(1);
    for (long end = channel.size(); end > 0; end--) {
      last.clear();
      channel.read(last, end - 1);
      if (last.get(0) == '\n') {
        return end;
      }
    }
    return 0;
  }

  private static void write(FileChannel channel, String text) throws IOException {
    OwnFiles.writeFully(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    channel.force(true);
  }
}
