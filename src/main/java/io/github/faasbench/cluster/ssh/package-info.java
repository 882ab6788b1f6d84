/** Docker nodes over SSH, on the wall clock. */
package io.github.faasbench.cluster.ssh;
