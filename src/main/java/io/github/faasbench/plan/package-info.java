/** Expands an experiment into an ordered list of cells, each with its seeds and arrivals. */
package io.github.faasbench.plan;
