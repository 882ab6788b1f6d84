/** The names of the policies, their parameters and defaults. */
package io.github.faasbench.policy.catalog;
