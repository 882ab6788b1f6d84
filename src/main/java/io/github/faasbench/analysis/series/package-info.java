/** The calls of a group as series: units, what they are worth, intervals and ratios from them. */
package io.github.faasbench.analysis.series;
