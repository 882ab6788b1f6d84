/**
 * SSH sessions with nodes: by which key, through which jump hosts, to a host key that is known,
 * with modern algorithms only.
 */
package io.github.faasbench.cluster.ssh.session;
