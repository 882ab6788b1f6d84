/** Draws what the analysis computed: HTML and console tables. */
package io.github.faasbench.report;
