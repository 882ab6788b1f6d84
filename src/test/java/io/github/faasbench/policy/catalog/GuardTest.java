package io.github.faasbench.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway goes on with answers after a policy has failed: each method must have one. */
class GuardTest {

  private static final NodeView HANDED_OUT = node(0);

  /** Libraries find their parts by it. */
  @Test
  void whileAPolicysCodeRunsTheThreadsLoaderIsItsOwnAndThenWhatItWas() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    assertThat(Guard.inside(String.class, () -> Thread.currentThread().getContextClassLoader()))
        .isNull();
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    assertThatThrownBy(
            () ->
                Guard.inside(
                    String.class,
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        SchedulingPolicy.class,
        WarmingPolicy.class,
        KeepAlivePolicy.class,
        QueueOrder.class
      })
  void aPolicyThatFailedIsAskedNoMoreAndEveryQuestionHasAnAnswer(Class<?> contract)
      throws Exception {
    var asked = new AtomicInteger();
    Object broken =
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            (proxy, method, arguments) -> {
              asked.incrementAndGet();
              throw new IllegalStateException("broken");
            });
    Object guarded = Guard.of("mine", contract, broken);
    var failures = Guard.failures(guarded, "a policy of the tool");
    assertThat(failures.get()).isNull();
    for (Method method : contract.getMethods()) {
      Object[] arguments = new Object[method.getParameterCount()];
      for (int i = 0; i < arguments.length; i++) {
        Class<?> type = method.getParameterTypes()[i];
        arguments[i] = type == long.class ? (Object) 0L : type == boolean.class ? false : null;
      }
      Object answer = method.invoke(guarded, arguments);
      assertThat(answer == null)
          .as(method.getName())
          .isEqualTo(method.getReturnType() == void.class);
    }
    assertThat(asked.get()).isEqualTo(1);
    assertThat(failures.get())
        .isInstanceOf(PolicyFailure.class)
        .hasMessageMatching("mine failed in \\w+: java.lang.IllegalStateException: broken");
  }

  /** Answers every question for a node with that. */
  private record Always(Decision decision) implements SchedulingPolicy {
    @Override
    public Needs needs() {
      return Needs.ALL;
    }

    @Override
    public Decision choose(Request request, ClusterView cluster, long nowNanos) {
      return decision;
    }
  }

  private static NodeView node(int index) {
    return (NodeView)
        Proxy.newProxyInstance(
            NodeView.class.getClassLoader(),
            new Class<?>[] {NodeView.class},
            (proxy, method, arguments) -> method.getName().equals("index") ? index : null);
  }

  /** A view of these nodes, and nothing more. */
  private static ClusterView view(NodeView... nodes) {
    return (ClusterView)
        Proxy.newProxyInstance(
            ClusterView.class.getClassLoader(),
            new Class<?>[] {ClusterView.class},
            (proxy, method, arguments) ->
                method.getName().equals("size") ? nodes.length : nodes[(int) arguments[0]]);
  }

  private static void chooses(Decision decision, String complaint) {
    var guarded = Guard.of("mine", SchedulingPolicy.class, new Always(decision));
    var failures = Guard.failures(guarded);
    assertThat(guarded.needs()).isEqualTo(Needs.ALL);
    Decision answer = guarded.choose(null, view(HANDED_OUT), 0);
    if (complaint == null) {
      assertThat(answer).isSameAs(decision);
      assertThat(failures.get()).isNull();
    } else {
      assertThat(failures.get()).hasMessage("mine: choose " + complaint);
      assertThat(answer).isEqualTo(new Decision.Reject(failures.get().getMessage()));
      assertThat(guarded.needs()).as("it is asked no more").isEqualTo(Needs.NONE);
    }
  }

  @Test
  void anAnswerThatNoPolicyMayGiveIsAFailureAndAnyOtherPasses() {
    chooses(new Decision.Run(HANDED_OUT), null);
    chooses(Decision.NO_NODE, null);
    chooses(null, "answered null");
    chooses(new Decision.Run(null), "chose no node; Decision.runOn(null) says that there is none");
    for (int index : new int[] {-1, 0, 1}) {
      chooses(new Decision.Run(node(index)), "chose a node that the view didn't hand out");
    }
  }

  @Test
  void withoutAUsersPolicyNothingFails() {
    assertThat(Guard.failures("a policy of the tool").get()).isNull();
  }
}
