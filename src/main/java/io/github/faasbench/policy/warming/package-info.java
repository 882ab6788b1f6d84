/** Warming policies: what is prepared on the nodes before the load. */
package io.github.faasbench.policy.warming;
