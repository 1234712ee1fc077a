/** Plays a journey folder through the library in virtual time, and reports what came of it. */
@NullMarked
package io.acpbenefits.examples.quickstart;

import org.jspecify.annotations.NullMarked;
