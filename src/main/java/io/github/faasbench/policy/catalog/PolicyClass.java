package io.github.faasbench.policy.catalog;

import io.github.faasbench.policy.catalog.Entry.Type;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A user's class as an entry of the catalog: its one constructor says what its parameters are. */
final class PolicyClass {

  private static final Map<Class<?>, Type> TYPES =
      Map.of(
          int.class, Type.INTEGER,
          long.class, Type.INTEGER,
          double.class, Type.NUMBER,
          boolean.class, Type.BOOLEAN,
          Duration.class, Type.DURATION,
          String.class, Type.TEXT);

  private final Class<?> type;

  PolicyClass(Class<?> type) {
    this.type = type;
  }

  /** Why it can't be made; empty: it can. */
  String problem() {
    if (!Modifier.isPublic(type.getModifiers())) {
      return "is not public; write 'public final class'";
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      return "is abstract; name a class that can be made";
    }
    if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
      return "is an inner class; make it static";
    }
    Constructor<?>[] constructors = type.getConstructors();
    if (constructors.length != 1) {
      return constructors.length == 0
          ? "has no public constructor; give it one"
          : "has " + constructors.length + " public constructors; leave one public";
    }
    Set<String> names = new HashSet<>();
    for (var given : constructors[0].getParameters()) {
      String problem = problem(given, names);
      if (!problem.isEmpty()) {
        return "can't be made: its constructor's parameter " + given + " " + problem;
      }
    }
    return "";
  }

  private static String problem(java.lang.reflect.Parameter given, Set<String> names) {
    if (given.getType() == RandomGenerator.class) {
      return "";
    }
    var named = given.getAnnotation(io.github.faasbench.policy.Parameter.class);
    if (named == null) {
      return "needs @Parameter(name = ...), or must be a RandomGenerator";
    }
    if (!TYPES.containsKey(given.getType())) {
      return "must be an int, long, double, boolean, String or Duration";
    }
    return names.add(named.name()) ? "" : "has the name of another";
  }

  /** Its entry in the catalog, when it has no problem. */
  <T> Entry<T> entry(String name, Class<T> contract, String source) {
    Constructor<?> constructor = type.getConstructors()[0];
    List<Entry.Parameter> parameters = new ArrayList<>();
    for (var given : constructor.getParameters()) {
      var named = given.getAnnotation(io.github.faasbench.policy.Parameter.class);
      if (named != null) {
        boolean history = named.name().equals("history") && given.getType() == String.class;
        parameters.add(
            new Entry.Parameter(
                named.name(),
                history ? Type.FILE : TYPES.get(given.getType()),
                named.byDefault().isEmpty() ? null : named.byDefault(),
                named.minimum(),
                named.summary()));
      }
    }
    String who = name + " (class " + type.getName() + " in " + source + ")";
    return new Entry<>(
        name,
        "class " + type.getName(),
        source,
        parameters,
        (given, random) -> Guard.of(who, contract, make(who, given, random)));
  }

  private Object make(String who, Map<String, Object> given, RandomGenerator random) {
    Constructor<?> constructor = type.getConstructors()[0];
    Object[] arguments = new Object[constructor.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      var parameter = constructor.getParameters()[i];
      var named = parameter.getAnnotation(io.github.faasbench.policy.Parameter.class);
      Object value = named == null ? random : given.get(named.name());
      arguments[i] = parameter.getType() == int.class ? Math.toIntExact((Long) value) : value;
    }
    try {
      Object policy = Guard.inside(type, () -> constructor.newInstance(arguments));
      if (Thread.interrupted()) {
        throw Guard.failure(who, "interrupted the thread that made it", null);
      }
      return policy;
    } catch (InvocationTargetException e) {
      throw Guard.failure(who, "can't be made", e.getCause());
    } catch (PolicyFailure e) {
      throw e;
    } catch (Exception | LinkageError e) {
      Throwable cause = e instanceof ExceptionInInitializerError ? e.getCause() : e;
      throw Guard.failure(who, "can't be made", cause);
    }
  }
}
