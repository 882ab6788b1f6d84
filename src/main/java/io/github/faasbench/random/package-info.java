/**
 * Seeded randomness that is the same on every machine and every Java: streams and distributions.
 */
package io.github.faasbench.random;
