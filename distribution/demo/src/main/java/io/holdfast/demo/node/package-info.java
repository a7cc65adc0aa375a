/** One Tomcat with one small shop, deployed twice: the servlet is the same, only the {@code <Manager>} differs. */
@NullMarked
package io.holdfast.demo.node;

import org.jspecify.annotations.NullMarked;
