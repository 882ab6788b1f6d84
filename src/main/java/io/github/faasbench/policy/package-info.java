/** The contracts and views of policies: choose a node, warm, keep alive, order a queue. */
package io.github.faasbench.policy;
