/** The commands, their exit codes, and all wiring. */
package io.github.faasbench.cli;
