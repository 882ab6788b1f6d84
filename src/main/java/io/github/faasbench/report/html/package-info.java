/**
 * Writes the HTML page: reads the records once, in bounded memory, and puts the sections together.
 */
package io.github.faasbench.report.html;
