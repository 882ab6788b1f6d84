package io.github.faasbench.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C and SIGTERM: the first one runs an action, the second one leaves at once. By reflection,
 * since the JDK's signal class is not part of the platform; where it is missing, the first one
 * leaves at once too.
 */
final class Interrupts {

  private Interrupts() {}

  static void onFirst(Runnable action) {
    boolean[] seen = {false};
    for (String name : new String[] {"INT", "TERM"}) {
      handle(
          name,
          () -> {
            if (seen[0]) {
              Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
            seen[0] = true;
            action.run();
          });
    }
  }

  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                  return null;
                }
                return method.getName().equals("hashCode") ? 0 : null;
              });
      Method handle = signal.getMethod("handle", signal, handler);
      handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      return; // the JVM's own handling stays: it ends the program
    }
  }
}
