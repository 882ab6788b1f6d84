/** What messages are made of: the name that was meant, and file errors in words. */
package io.github.faasbench.words;
