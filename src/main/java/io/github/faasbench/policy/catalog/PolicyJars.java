package io.github.faasbench.policy.catalog;

import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.QueueOrder;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.WarmingPolicy;
import io.github.faasbench.words.FileErrors;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The policies in users' jars, by the names of their classes: the simple one where it is the only
 * policy of that name, else the full one.
 */
public final class PolicyJars {

  /** No jar. */
  public static final PolicyJars NONE = new PolicyJars();

  private static final int CLASS_FILE_VERSION_OF_JAVA_1 = 44;

  /** Contract to the key of the experiment file that names its policies. */
  private static final Map<Class<?>, String> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put(SchedulingPolicy.class, "policy");
    KEYS.put(WarmingPolicy.class, "warming");
    KEYS.put(KeepAlivePolicy.class, "keepAlive");
    KEYS.put(QueueOrder.class, "queue order");
  }

  /** Full class name to the jars that hold it. */
  private final Map<String, List<String>> classes = new TreeMap<>();

  /** The classes that implement a contract, by the names that they have in the file. */
  private final Map<String, Class<?>> policies = new TreeMap<>();

  private final JarLoader loader;

  private PolicyJars() {
    loader = new JarLoader();
  }

  private PolicyJars(List<Path> jars) throws IOException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).toUri().toURL();
      try (JarFile file = new JarFile(jars.get(i).toFile())) {
        for (JarEntry entry : classes(file)) {
          classes
              .computeIfAbsent(className(entry), name -> new ArrayList<>())
              .add(jars.get(i).getFileName().toString());
        }
      }
    }
    loader = new JarLoader(urls);
    List<Class<?>> found = new ArrayList<>();
    for (String name : classes.keySet()) {
      try {
        Class<?> type = Class.forName(name, false, loader);
        if (!key(type).isEmpty() && !type.isInterface()) {
          found.add(type);
        }
      } catch (ClassNotFoundException | LinkageError e) {
        continue; // a library's class for which something is missing; who names it is told
      }
    }
    for (Class<?> type : found) {
      String simple = simple(type.getName());
      boolean alone = found.stream().filter(t -> simple(t.getName()).equals(simple)).count() == 1;
      policies.put(alone ? simple : full(type.getName()), type);
    }
  }

  /**
   * Opens jars whose {@link #problem} is empty.
   *
   * @throws UncheckedIOException one can't be read any more
   */
  public static PolicyJars open(List<Path> jars) {
    try {
      return jars.isEmpty() ? NONE : new PolicyJars(jars);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What hinders the file's use as a jar of policies; empty: nothing. */
  public static String problem(Path jar) {
    int ours = Runtime.version().feature();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : classes(file)) {
        try (var in = new DataInputStream(file.getInputStream(entry))) {
          in.readInt();
          in.readUnsignedShort();
          int theirs = in.readUnsignedShort() - CLASS_FILE_VERSION_OF_JAVA_1;
          if (theirs > ours) {
            return ("class %s is compiled for Java %d, and this is Java %d; compile it with"
                    + " --release %d (in Maven: maven.compiler.release), or run faasbench with"
                    + " Java %d")
                .formatted(className(entry), theirs, ours, ours, theirs);
          }
        }
      }
      return "";
    } catch (IOException e) {
      return "is no jar ("
          + FileErrors.of(e)
          + "); give one, as 'mvn package' or 'jar --create' makes it";
    }
  }

  private static List<JarEntry> classes(JarFile file) {
    return file.stream()
        .filter(entry -> entry.getName().endsWith(".class"))
        .filter(entry -> !entry.getName().startsWith("META-INF/"))
        .filter(entry -> !entry.getName().endsWith("-info.class"))
        .toList();
  }

  private static String className(JarEntry entry) {
    String name = entry.getName();
    return name.substring(0, name.length() - ".class".length()).replace('/', '.');
  }

  /**
   * The jars' policies of a kind that can be used.
   *
   * @param contract which kind
   */
  public <T> List<Entry<T>> entries(Class<T> contract) {
    List<Entry<T>> entries = new ArrayList<>();
    policies.forEach(
        (name, type) -> {
          if (contract.isAssignableFrom(type) && problem(type).isEmpty()) {
            String jar = classes.get(type.getName()).get(0);
            entries.add(new PolicyClass(type).entry(name, contract, jar));
          }
        });
    return entries;
  }

  /** What is wrong with each policy that can't be used, a sentence each. */
  public List<String> problems() {
    return policies.values().stream()
        .filter(type -> !problem(type).isEmpty())
        .map(type -> "class " + type.getName() + " " + problem(type))
        .toList();
  }

  /**
   * Why a name that the experiment file uses is none of {@link #entries}.
   *
   * @param key what the name was to be: policy, warming, keepAlive, queue order
   * @return empty: the jars hold no class of that name
   */
  public String whyNot(String key, String name) {
    Class<?> policy = policies.get(name);
    if (policy != null) {
      String problem = problem(policy);
      return "class "
          + policy.getName()
          + (problem.isEmpty() ? elsewhere(policy, key) : " " + problem);
    }
    List<String> called =
        classes.keySet().stream()
            .filter(type -> simple(type).equals(name) || full(type).equals(name))
            .toList();
    List<String> names =
        policies.entrySet().stream()
            .filter(entry -> called.contains(entry.getValue().getName()))
            .map(Map.Entry::getKey)
            .toList();
    if (names.size() > 1) {
      return "several policies have the name " + name + "; write " + String.join(" or ", names);
    }
    if (names.size() == 1) {
      return "class " + name + " is named by " + names.get(0) + " alone; write that";
    }
    return called.isEmpty() ? "" : "class " + called.get(0) + " " + notLoaded(called.get(0), key);
  }

  private String notLoaded(String name, String key) {
    try {
      Class.forName(name, false, loader);
      return "implements none of the contracts of policies; for "
          + key
          + " it has to implement "
          + contract(key).getName();
    } catch (NoClassDefFoundError e) {
      return "needs class "
          + e.getMessage().replace('/', '.')
          + ", which neither policyJars nor Java has; add the jar that has it to policyJars"
          + " (faasbench's own libraries are not shown to policies)";
    } catch (ClassNotFoundException | LinkageError e) {
      return "can't be loaded: " + e;
    }
  }

  private static String elsewhere(Class<?> policy, String key) {
    return " can stand under '%s', not under '%s'; for that it has to implement %s"
        .formatted(key(policy), key, contract(key).getName());
  }

  private String problem(Class<?> type) {
    List<String> jars = classes.get(type.getName());
    return jars.size() > 1
        ? "is in " + String.join(" and in ", jars) + "; leave one of them out"
        : new PolicyClass(type).problem();
  }

  /**
   * What those of the policies that come from jars did wrong first: a {@link PolicyFailure}; null:
   * nothing yet.
   */
  public static Supplier<RuntimeException> failures(Object... policies) {
    return Guard.failures(policies);
  }

  /**
   * Where a thread is in a class of users' jars, and in which; empty: it is in none. Any thread may
   * ask.
   *
   * @param stack the innermost frame first
   */
  public static Optional<String> at(StackTraceElement... stack) {
    for (StackTraceElement frame : stack) {
      if (JarLoader.NAME.equals(frame.getClassLoaderName())) {
        String jar = JarLoader.jarOf(frame.getClassName());
        return Optional.of(
            "%s.%s(%s:%d)%s"
                .formatted(
                    frame.getClassName(),
                    frame.getMethodName(),
                    frame.getFileName(),
                    frame.getLineNumber(),
                    jar.isEmpty() ? "" : " in " + jar));
      }
    }
    return Optional.empty();
  }

  private static String key(Class<?> type) {
    return KEYS.entrySet().stream()
        .filter(entry -> entry.getKey().isAssignableFrom(type))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static Class<?> contract(String key) {
    return KEYS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(key))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private static String simple(String className) {
    return full(className).substring(full(className).lastIndexOf('.') + 1);
  }

  private static String full(String className) {
    return className.replace('$', '.');
  }
}
