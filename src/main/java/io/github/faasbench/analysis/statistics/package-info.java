/**
 * Statistics on plain arrays: pure functions, seeded where they draw. NaN in an answer means that
 * the data can't say; NaN in the data is an error of the caller; an infinite value is a value that
 * lies beyond all others.
 */
package io.github.faasbench.analysis.statistics;
