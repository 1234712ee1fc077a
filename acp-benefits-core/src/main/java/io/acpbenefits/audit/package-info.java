/** Who did what to what, and why: an append-only record. */
@NullMarked
package io.acpbenefits.audit;

import org.jspecify.annotations.NullMarked;
