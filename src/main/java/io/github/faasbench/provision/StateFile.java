package io.github.faasbench.provision;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What faasbench made or touched, and so may remove: {@code .faasbench/state}, one fact a line,
 * tabs between its words. Facts are appended and forced to disk before the act they speak of, so
 * that a crash loses none; a line that a crash cut off is left out. Every call reads the file anew:
 * another faasbench may have written.
 */
public final class StateFile {

  private static final String NODE = "node";
  private static final String PULLED = "pulled";
  private static final String MADE = "made";

  private final Path folder;
  private final Path file;

  /**
   * @param folder the folder {@code .faasbench}
   */
  public StateFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("state");
  }

  /** The node was touched; {@code address} is {@code user@host:port}. */
  public void touched(String node, String address) throws IOException {
    add(NODE, node, address);
  }

  /** The image is about to be pulled to the node, where it was not before. */
  public void pulled(String node, String image) throws IOException {
    add(PULLED, node, image);
  }

  /** The image was made on this machine. */
  public void made(String image) throws IOException {
    add(MADE, image);
  }

  /** The image is off the node again. */
  public void removed(String node, String image) throws IOException {
    drop(List.of(PULLED, node, image)::equals);
  }

  /** The image is off this machine again. */
  public void unmade(String image) throws IOException {
    drop(List.of(MADE, image)::equals);
  }

  /** The node is gone, with all that was on it. */
  public void gone(String node) throws IOException {
    drop(words -> !words.get(0).equals(MADE) && words.get(1).equals(node));
  }

  /** One node that was touched. */
  public record TouchedNode(String name, String address) {}

  /** The nodes touched, in the order of the first time; a node's newest address. */
  public List<TouchedNode> nodes() throws IOException {
    var nodes = new java.util.LinkedHashMap<String, TouchedNode>();
    for (List<String> words : read()) {
      if (words.get(0).equals(NODE) && words.size() == 3) {
        nodes.put(words.get(1), new TouchedNode(words.get(1), words.get(2)));
      }
    }
    return List.copyOf(nodes.values());
  }

  /** The images that faasbench pulled to the node and did not remove. */
  public Set<String> pulledTo(String node) throws IOException {
    var images = new LinkedHashSet<String>();
    for (List<String> words : read()) {
      if (words.get(0).equals(PULLED) && words.size() == 3 && words.get(1).equals(node)) {
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
      if (read().contains(List.of(words))) {
        return;
      }
      try (var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.position(endOfWholeLines(channel));
        channel.truncate(channel.position());
        write(channel, String.join("\t", words) + "\n");
      }
    }
  }

  @SuppressWarnings("try") // the lock is held, not used
  private void drop(Predicate<List<String>> gone) throws IOException {
    try (var lock = FolderLock.take(folder)) {
      List<List<String>> all = read();
      List<List<String>> kept = all.stream().filter(gone.negate()).toList();
      if (kept.size() == all.size()) {
        return;
      }
      Path part = folder.resolve("state.part");
      try (var channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        var text = new StringBuilder();
        kept.forEach(words -> text.append(String.join("\t", words)).append('\n'));
        write(channel, text.toString());
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private List<List<String>> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    var facts = new ArrayList<List<String>>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
      List<String> words = List.of(line.split("\t"));
      if (words.size() >= 2) {
        facts.add(words);
      }
    }
    return facts;
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
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }
}
