/** What happens when two requests wrote the same attribute without having seen each other's value.. */
@NullMarked
package io.holdfast.conflict;

import org.jspecify.annotations.NullMarked;
