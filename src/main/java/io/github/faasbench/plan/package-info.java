/** Expands an experiment into an ordered list of cells, each with its seeds. */
package io.github.faasbench.plan;
