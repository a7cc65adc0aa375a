/** How an application is given Spring Session with Redis, by its documentation: a filter and a configuration. */
@NullMarked
package com.example.benchmark.spring;

import org.jspecify.annotations.NullMarked;
