package io.github.faasbench.provision;

/**
 * An image reference, taken apart: {@code localhost:5055/python:latest}.
 *
 * @param registry host and port; empty for the engine's default
 * @param path the repository in the registry
 * @param tag {@code latest} where none is written
 */
public record ImageName(String registry, String path, String tag) {

  public static ImageName parse(String reference) {
    int slash = reference.indexOf('/');
    String first = slash < 0 ? "" : reference.substring(0, slash);
    boolean hasRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
    String rest = hasRegistry ? reference.substring(slash + 1) : reference;
    int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
    return new ImageName(
        hasRegistry ? first : "",
        colon < 0 ? rest : rest.substring(0, colon),
        colon < 0 ? "latest" : rest.substring(colon + 1));
  }

  /** Where an engine looks for it. */
  public String place() {
    return registry.isEmpty() ? "docker.io" : registry;
  }

  boolean onLoopback() {
    return !registry.isEmpty() && Loopback.is(registry.replaceFirst(":[0-9]+$", ""));
  }

  @Override
  public String toString() {
    return (registry.isEmpty() ? "" : registry + "/") + path + ":" + tag;
  }
}
