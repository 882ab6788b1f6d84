package io.github.faasbench.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.QueueOrder;
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
}
