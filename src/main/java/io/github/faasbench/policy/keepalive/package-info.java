/** Keep-alive policies: what becomes of a container after an invocation. */
package io.github.faasbench.policy.keepalive;
