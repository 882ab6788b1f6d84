/** Brings up what the experiment file asks for: compose, keys, registry, images. */
package io.github.faasbench.provision;
