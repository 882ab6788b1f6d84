/** Turns records into summaries and comparisons, once, for every output. */
package io.github.faasbench.analysis;
