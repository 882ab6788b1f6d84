/** The invocation record, its fixed CSV columns, and the run folder beside the CSV. */
package io.github.faasbench.metrics;
