/** What differs between groups of calls, how much, and how surely. */
package io.github.faasbench.analysis.comparison;
