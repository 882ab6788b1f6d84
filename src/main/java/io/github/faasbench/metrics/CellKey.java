package io.github.faasbench.metrics;

/**
 * A cell of a run, as its rows name it.
 *
 * @param cell the cell's id
 * @param repetition from 1
 */
public record CellKey(String cell, int repetition) {}
