/** Reads traces of real platforms, call by call, in the order of arrival. */
package io.github.faasbench.plan.trace;
