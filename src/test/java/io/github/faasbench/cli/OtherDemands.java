package io.github.faasbench.cli;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.cluster.RunRequest.Demand;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.UnaryOperator;

/** A cluster whose nodes get other demands than the gateway sends: a model broken on purpose. */
public final class OtherDemands {

  private OtherDemands() {}

  /** Puts it between gateway and nodes; only calls' demands are changed. */
  public static Cluster of(Cluster real, UnaryOperator<Demand> change) {
    List<Node> nodes = real.nodes().stream().map(node -> changed(node, change)).toList();
    return proxy(
        Cluster.class,
        (self, method, arguments) ->
            method.getName().equals("nodes") ? nodes : method.invoke(real, arguments));
  }

  private static Node changed(Node node, UnaryOperator<Demand> change) {
    return proxy(
        Node.class,
        (self, method, arguments) -> {
          if (arguments != null
              && arguments[0] instanceof RunRequest request
              && request.demand().invocation() > 0) {
            arguments[0] = with(request, change.apply(request.demand()));
          }
          return method.invoke(node, arguments);
        });
  }

  private static RunRequest with(RunRequest request, Demand demand) {
    return new RunRequest(
        request.container(),
        request.image(),
        request.command(),
        request.labels(),
        request.network(),
        request.pull(),
        demand);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
