/** Simulated nodes as discrete events, in virtual time. */
package io.github.faasbench.cluster.sim;
