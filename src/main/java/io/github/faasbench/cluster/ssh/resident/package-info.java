/** A function's process that waits in its container and takes its calls as lines of JSON. */
package io.github.faasbench.cluster.ssh.resident;
