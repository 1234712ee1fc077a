/** What the features share inside core; not API. */
@NullMarked
package io.acpbenefits.internal;

import org.jspecify.annotations.NullMarked;
