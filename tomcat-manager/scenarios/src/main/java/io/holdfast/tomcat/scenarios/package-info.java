/** What Tomcat nodes promise beyond the scenarios of all containers, and the Tomcat that those run on. */
@NullMarked
package io.holdfast.tomcat.scenarios;

import org.jspecify.annotations.NullMarked;
