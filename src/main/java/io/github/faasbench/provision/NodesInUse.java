package io.github.faasbench.provision;

import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.files.OwnFiles;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes that this process works on: what another faasbench would remove there, or add, would
 * spoil what this one measures. An operating system's lock a node in {@code .faasbench/in-use/},
 * which ends with the process however that ends.
 */
public final class NodesInUse implements AutoCloseable {

  private final List<FileChannel> held = new ArrayList<>();

  private NodesInUse() {}

  /**
   * Takes the nodes; two names of one address are one node.
   *
   * @param folder the folder {@code .faasbench}
   * @throws ProvisionException another process that was started in this folder has one of them
   */
  public static NodesInUse take(Path folder, Collection<NodeSpec> nodes)
      throws IOException, ProvisionException {
    Map<String, NodeSpec> byAddress = new LinkedHashMap<>();
    nodes.forEach(node -> byAddress.putIfAbsent(StateFile.addressOf(node), node));
    OwnFiles.root(folder);
    Path locks = OwnFiles.folder(folder.resolve("in-use"));
    var taken = new NodesInUse();
    try {
      for (Map.Entry<String, NodeSpec> node : byAddress.entrySet()) {
        String name = URLEncoder.encode(node.getKey(), StandardCharsets.UTF_8);
        if (!taken.lock(locks.resolve(name))) {
          throw ProvisionException.mistake(
              node.getValue().name()
                  + " ("
                  + node.getKey()
                  + "): another faasbench that was started in this folder works on this node; wait"
                  + " for it to end, or stop it");
        }
      }
      return taken;
    } catch (IOException | ProvisionException e) {
      taken.close();
      throw e;
    }
  }

  private boolean lock(Path file) throws IOException {
    FileChannel channel = OwnFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    held.add(channel);
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : held) {
      channel.close();
    }
  }
}
