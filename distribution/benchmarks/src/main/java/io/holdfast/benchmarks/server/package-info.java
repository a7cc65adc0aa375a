/** Servers in processes and directories of their own, also the databases that some candidates keep sessions in. */
@NullMarked
package io.holdfast.benchmarks.server;

import org.jspecify.annotations.NullMarked;
