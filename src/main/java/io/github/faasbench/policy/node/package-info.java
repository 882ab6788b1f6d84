/** Node choice policies, one small class each. */
package io.github.faasbench.policy.node;
