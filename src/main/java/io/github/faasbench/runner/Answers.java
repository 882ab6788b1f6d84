package io.github.faasbench.runner;

import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Asks all nodes at once and runs the loop until every one has answered. */
public final class Answers {

  private Answers() {}

  /**
   * The answers by node name, in the nodes' order.
   *
   * @param question starts the operation on a node
   * @throws NodeTrouble when a node could not answer; all such nodes are named
   */
  public static <T> Map<String, T> of(Cluster cluster, BiConsumer<Node, Callback<T>> question)
      throws NodeTrouble, InterruptedException {
    List<String> failures = new ArrayList<>();
    Map<String, T> answers = ask(cluster, question, failures);
    if (!failures.isEmpty()) {
      throw new NodeTrouble(String.join("\n", failures));
    }
    return answers;
  }

  /** The same of those nodes that do answer. */
  static <T> Map<String, T> ofThoseThatGiveOne(
      Cluster cluster, BiConsumer<Node, Callback<T>> question) throws InterruptedException {
    Map<String, T> answers = ask(cluster, question, new ArrayList<>());
    answers.values().removeIf(Objects::isNull);
    return answers;
  }

  private static <T> Map<String, T> ask(
      Cluster cluster, BiConsumer<Node, Callback<T>> question, List<String> failures)
      throws InterruptedException {
    List<Node> nodes = cluster.nodes();
    Map<String, T> answers = new LinkedHashMap<>();
    nodes.forEach(node -> answers.put(node.name(), null));
    int[] left = {nodes.size()};
    for (Node node : nodes) {
      question.accept(
          node,
          new Callback<>() {
            @Override
            public void done(T value) {
              answers.put(node.name(), value);
              left[0]--;
            }

            @Override
            public void failed(NodeFailure failure) {
              failures.add(failure.message());
              left[0]--;
            }
          });
    }
    cluster.loop().runUntil(() -> left[0] == 0);
    return answers;
  }
}
