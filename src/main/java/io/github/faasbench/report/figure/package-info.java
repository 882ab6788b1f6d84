/** Draws the figures of a section and the tables beside them, from summaries and samples. */
package io.github.faasbench.report.figure;
