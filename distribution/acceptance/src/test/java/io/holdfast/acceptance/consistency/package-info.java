/**
 * Several whole Tomcats, many visitors who do everything at once, and a look at whether anything was lost. How to run it and
 * how to read what it prints is in {@code docs/consistency.md}.
 */
package io.holdfast.acceptance.consistency;
