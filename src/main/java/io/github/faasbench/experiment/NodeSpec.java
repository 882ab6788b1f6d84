package io.github.faasbench.experiment;

import java.util.Optional;

/**
 * One node of the experiment file.
 *
 * @param name unique; what the CSV's {@code node} column shows
 * @param host host name or address of its SSH server
 * @param port TCP port of the SSH server
 * @param user login name
 * @param identity path of the private key, as written; empty: the agent or {@code passwordEnv}
 * @param passwordEnv name of the environment variable that holds the password; never the password
 * @param hostKey fingerprint {@code SHA256:…} to insist on, or {@code off}; empty: trust on first
 *     use
 * @param cpu the node's cores, as the file states them (NaN: not stated)
 * @param memoryBytes the node's memory, as the file states it (0: not stated)
 * @param weight for weighted policies
 */
public record NodeSpec(
    String name,
    String host,
    int port,
    String user,
    Optional<String> identity,
    Optional<String> passwordEnv,
    Optional<String> hostKey,
    double cpu,
    long memoryBytes,
    double weight) {}
