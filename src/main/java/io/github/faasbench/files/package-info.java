/** How files are read and written: plain files only, lines with a limit, and through no link. */
package io.github.faasbench.files;
