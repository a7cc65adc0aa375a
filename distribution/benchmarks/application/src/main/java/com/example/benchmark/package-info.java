/**
 * An application that does little work with its session, so that what is measured is mostly the keeping of sessions. It
 * knows nothing of where they are kept.
 */
@NullMarked
package com.example.benchmark;

import org.jspecify.annotations.NullMarked;
