/** What can be told of the application without a container. */
@NullMarked
package com.example.benchmark;

import org.jspecify.annotations.NullMarked;
