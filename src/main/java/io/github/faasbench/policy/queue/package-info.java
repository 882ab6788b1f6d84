/** Queue orders: which waiting call goes first. */
package io.github.faasbench.policy.queue;
