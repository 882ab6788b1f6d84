/** Reads the experiment file into records and reports every mistake with its place. */
package io.github.faasbench.experiment;
