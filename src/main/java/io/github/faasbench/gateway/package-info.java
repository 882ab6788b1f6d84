/** Keeps the registries, asks the policies, invokes and records. */
package io.github.faasbench.gateway;
