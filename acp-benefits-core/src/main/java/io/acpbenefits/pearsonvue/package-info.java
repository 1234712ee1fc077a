/**
 * The port to Pearson VUE, where exams are booked and sat, an embedded implementation of it, and
 * bookings that keep both sides in step.
 */
@NullMarked
package io.acpbenefits.pearsonvue;

import org.jspecify.annotations.NullMarked;
