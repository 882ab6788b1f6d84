package io.github.faasbench.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * The signals that ask a command to end. By reflection, since the JDK's signal class is not part of
 * the platform; where it is missing, the first one ends the program.
 */
final class Interrupts {

  private Interrupts() {}

  /** Those that a user, a closing terminal, or whoever looks after processes sends. */
  enum Signal {
    HUP(1),
    INT(2),
    TERM(15),

    /**
     * From the process that started this one, and had one of the others: see {@link JarProcess}.
     */
    USR1(10);

    private final int number;

    Signal(int number) {
      this.number = number;
    }

    /** As a shell says it. */
    int exitCode() {
      return 128 + (this == USR1 ? TERM.number : number);
    }
  }

  /**
   * Hears these from now on, on a thread of their own. One that was ignored when the program began,
   * as HUP is under {@code nohup}, stays ignored: the Java virtual machine itself leaves it so.
   */
  static void hear(Consumer<Signal> heard, Signal... signals) {
    for (Signal signal : signals) {
      try {
        handle(signal.name(), () -> heard.accept(signal));
      } catch (ReflectiveOperationException e) {
        continue; // the virtual machine's own handling stays: it ends the program
      }
    }
  }

  private static void handle(String name, Runnable action) throws ReflectiveOperationException {
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
  }
}
