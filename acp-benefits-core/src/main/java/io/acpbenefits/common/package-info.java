/** Types that every feature speaks: ids, actors, refusals and domain events. */
@NullMarked
package io.acpbenefits.common;

import org.jspecify.annotations.NullMarked;
