/** What may spoil the figures of a run: why, and what to do about it. */
package io.github.faasbench.analysis.validity;
