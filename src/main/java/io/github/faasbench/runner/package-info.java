/** Carries out a plan cell by cell: clean, prepare, feed arrivals, journal. */
package io.github.faasbench.runner;
