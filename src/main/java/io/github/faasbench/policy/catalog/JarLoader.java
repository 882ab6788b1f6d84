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

  JarLoader(URL... jars) {
    super(NAME, jars, ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean contract = name.startsWith(CONTRACTS) && name.indexOf('.', CONTRACTS.length()) < 0;
    return contract ? OURS.loadClass(name) : super.loadClass(name, resolve);
  }
}
