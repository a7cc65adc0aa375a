/**
 * What a user sees who puts the jar into Tomcat's {@code lib} or the overlay into {@code JETTY_BASE}: nothing here can reach
 * inside.
 */
package io.holdfast.acceptance;
