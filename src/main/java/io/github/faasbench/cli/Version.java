package io.github.faasbench.cli;

import picocli.CommandLine.IVersionProvider;

/** The tool's version, from the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"faasbench " + number()};
  }

  /** {@code development} when it does not run from a jar. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
