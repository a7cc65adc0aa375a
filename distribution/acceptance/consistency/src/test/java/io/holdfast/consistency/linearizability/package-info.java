/** Structures of one JVM, tried in all orders by Lincheck. */
package io.holdfast.consistency.linearizability;
