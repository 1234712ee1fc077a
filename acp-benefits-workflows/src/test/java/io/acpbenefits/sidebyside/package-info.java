/**
 * Two nodes take turns at the same process instances; they may be of two releases. {@code
 * SteppedNode}, {@code SteppedMain}, {@code Stepper}, {@code Acts} and this file are also compiled
 * against earlier releases, by {@code .ci/previous}: they use only what those have, too.
 */
@NullMarked
package io.acpbenefits.sidebyside;

import org.jspecify.annotations.NullMarked;
