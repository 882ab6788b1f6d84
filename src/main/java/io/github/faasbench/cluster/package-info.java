/** The back-end contract: nodes, containers, and the event loop that owns the clock. */
package io.github.faasbench.cluster;
