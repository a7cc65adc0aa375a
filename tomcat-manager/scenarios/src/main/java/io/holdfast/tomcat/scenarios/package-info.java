/**
 * What two nodes on one Redis promise, shown over HTTP on real Tomcats. Interleavings are forced with latches inside the
 * application's own code.
 */
@NullMarked
package io.holdfast.tomcat.scenarios;

import org.jspecify.annotations.NullMarked;
