package io.github.faasbench.policy.catalog;

import io.github.faasbench.policy.SchedulingPolicy;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads the classes of users' jars. They see each other, Java, and of the tool the contracts in the
 * package {@code policy} only: a library that both have is in its user's version there, in the
 * tool's here.
 */
final class JarLoader extends URLClassLoader {

  static final String NAME = "policyJars";

  private static final ClassLoader OURS = SchedulingPolicy.class.getClassLoader();
  private static final String CONTRACTS = SchedulingPolicy.class.getPackageName() + ".";

  /** The latest: a command reads one file. */
  private static volatile JarLoader latest;

  JarLoader(URL... jars) {
    super(NAME, jars, ClassLoader.getPlatformClassLoader());
    latest = this;
  }

  /** The name of the jar that a class is in; empty: it is not known. */
  static String jarOf(String className) {
    JarLoader loader = latest;
    URL found = loader == null ? null : loader.findResource(className.replace('.', '/') + ".class");
    return found == null ? "" : found.getPath().replaceFirst("!.*", "").replaceFirst(".*/", "");
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean contract = name.startsWith(CONTRACTS) && name.indexOf('.', CONTRACTS.length()) < 0;
    return contract ? OURS.loadClass(name) : super.loadClass(name, resolve);
  }
}
