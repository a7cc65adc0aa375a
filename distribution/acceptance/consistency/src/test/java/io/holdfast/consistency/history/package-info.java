/** What is told of requests. */
package io.holdfast.consistency.history;
