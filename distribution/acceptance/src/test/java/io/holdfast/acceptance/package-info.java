/** What a user sees who puts the jar into Tomcat's {@code lib}: nothing here can reach inside. */
package io.holdfast.acceptance;
