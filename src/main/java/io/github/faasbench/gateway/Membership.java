package io.github.faasbench.gateway;

import java.util.Collection;

/** Which nodes of a cell are there: they may come late, leave, or be gone at once. */
public final class Membership {

  private final Gateway gateway;
  private final OpenCalls open;

  Membership(Gateway gateway, OpenCalls open) {
    this.gateway = gateway;
    this.open = open;
  }

  /** These nodes are not there yet; before the first call. */
  public void await(Collection<String> nodes) {
    for (String name : nodes) {
      gateway.index.presence(node(name), Presence.AWAITED);
      node(name).node.followLoad(false);
    }
    if (!nodes.isEmpty()) {
      gateway.policy.nodesChanged(gateway.index.all());
    }
  }

  /** The node is there from now on; it may have been before. */
  public void add(String name) {
    presence(node(name), Presence.PRESENT);
    gateway.waiting.capacityFreed(null);
  }

  /** No call goes to the node any more. Those that are there end; what is kept for others goes. */
  public void drain(String name) {
    presence(node(name), Presence.DRAINED);
    gateway.runner().keeper().leave(node(name));
  }

  /** The node is gone at once, as if it had died: calls that are there are broken. */
  public void remove(String name) {
    NodeState node = node(name);
    presence(node, Presence.REMOVED);
    gateway.runner().keeper().leave(node);
    for (Call call : open.all()) {
      if (call.node == node) {
        call.nodeRemoved = true;
        gateway.runner().kill(call);
      }
    }
  }

  private void presence(NodeState node, Presence presence) {
    gateway.index.presence(node, presence);
    node.node.followLoad(node.isPresent());
    gateway.policy.nodesChanged(gateway.index.all());
  }

  private NodeState node(String name) {
    return gateway.index.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
