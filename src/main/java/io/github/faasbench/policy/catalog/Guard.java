package io.github.faasbench.policy.catalog;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.KeepAlivePolicy.Verdict;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Stands between the gateway and a user's policy. The first time that it throws, or answers what no
 * policy may, is kept; from then on the policy is not asked any more and every answer is the one
 * that does least, so that the gateway stays whole and the calls in flight end as they would have.
 */
final class Guard implements InvocationHandler {

  private final String who;
  private final Object policy;
  private PolicyFailure failure;

  private Guard(String who, Object policy) {
    this.who = who;
    this.policy = policy;
  }

  /**
   * The policy behind a guard.
   *
   * @param who names it in messages
   */
  static <T> T of(String who, Class<T> contract, Object policy) {
    Object guarded =
        Proxy.newProxyInstance(
            contract.getClassLoader(), new Class<?>[] {contract}, new Guard(who, policy));
    return contract.cast(guarded);
  }

  /** What those of the policies that are guarded did wrong first; null: nothing yet. */
  static Supplier<RuntimeException> failures(Object... policies) {
    List<Guard> guards =
        List.of(policies).stream()
            .filter(policy -> Proxy.isProxyClass(policy.getClass()))
            .map(Proxy::getInvocationHandler)
            .filter(Guard.class::isInstance)
            .map(Guard.class::cast)
            .toList();
    if (guards.isEmpty()) {
      return () -> null;
    }
    return () -> {
      for (Guard guard : guards) {
        if (guard.failure != null) {
          return guard.failure;
        }
      }
      return null;
    };
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(this, arguments);
    }
    if (failure == null) {
      Object answer = null;
      try {
        answer = inside(policy.getClass(), () -> method.invoke(policy, arguments));
        check(method, arguments, answer);
      } catch (InvocationTargetException e) {
        failure = failure(who, "failed in " + method.getName(), e.getCause());
      } catch (Unfit e) {
        failure = failure(who, method.getName() + " " + e.getMessage(), null);
      } catch (RuntimeException | StackOverflowError e) { // of an answer that is the user's code
        failure = failure(who, method.getName() + " gave an answer that fails", e);
      }
      if (Thread.interrupted() && failure == null) {
        failure = interrupted(method.getName());
      }
      if (failure == null) {
        return answer;
      }
    }
    return leastAnswer(method.getReturnType());
  }

  /**
   * Libraries look for their parts by the thread's loader: it is the user's while its code runs.
   */
  static <V> V inside(Class<?> type, Callable<V> code) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(type.getClassLoader());
    try {
      return code.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The flag is cleared: it would end the run's own waits and files. */
  private PolicyFailure interrupted(String method) {
    return failure(who, "interrupted the thread that it was called on, in " + method, null);
  }

  static PolicyFailure failure(String who, String what, Throwable thrown) {
    if (thrown == null) {
      return new PolicyFailure(who + ": " + what, null);
    }
    try {
      String where = PolicyJars.at(thrown.getStackTrace()).map(at -> ", at " + at).orElse("");
      String text = who + " " + what + ": " + thrown + where;
      thrown.printStackTrace(new PrintWriter(Writer.nullWriter())); // will be asked for, too
      return new PolicyFailure(text, thrown);
    } catch (Throwable untellable) { // the throwable may be the user's class as well
      return new PolicyFailure(who + " " + what + ": " + thrown.getClass().getName(), null);
    }
  }

  private static void check(Method method, Object[] arguments, Object answer) throws Unfit {
    if (answer == null && method.getReturnType() != void.class) {
      throw new Unfit("answered null");
    }
    if (answer instanceof Decision.Run run) {
      ClusterView cluster = (ClusterView) arguments[1];
      if (run.node() == null) {
        throw new Unfit("chose no node; Decision.runOn(null) says that there is none");
      }
      int index = run.node().index();
      if (index < 0 || index >= cluster.size() || cluster.node(index) != run.node()) {
        throw new Unfit("chose a node that the view didn't hand out");
      }
    }
  }

  Object leastAnswer(Class<?> type) {
    if (type == Decision.class) {
      return new Decision.Reject(failure.getMessage());
    }
    if (type == Needs.class) {
      return Needs.NONE;
    }
    if (type == Preparation.class) {
      return Preparation.NOTHING;
    }
    if (type == Verdict.class) {
      return Verdict.REMOVE;
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == double.class) {
      return Double.NaN;
    }
    return type == long.class ? Long.MAX_VALUE : null;
  }

  /** An answer that no policy may give. */
  private static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message);
    }
  }
}
