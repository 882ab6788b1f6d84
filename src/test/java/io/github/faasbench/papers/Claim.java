package io.github.faasbench.papers;

import java.util.function.ToDoubleFunction;

/**
 * What a paper claims of an experiment in {@code experiments/papers}, as a figure.
 *
 * @param experiment the file's name without its ending
 * @param claimed the claim in the paper's numbers, or what it says without one
 * @param figure what is looked at
 * @param low the smallest value in which the claim's direction and rough size come out
 * @param high the largest
 */
record Claim(
    String experiment,
    String claimed,
    String figure,
    double low,
    double high,
    ToDoubleFunction<Calls> seen) {

  boolean holds(double value) {
    return low <= value && value <= high;
  }
}
