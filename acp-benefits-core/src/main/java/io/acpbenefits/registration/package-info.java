/** Exam registrations at Pearson VUE: booked, moved, canceled, sat. */
@NullMarked
package io.acpbenefits.registration;

import org.jspecify.annotations.NullMarked;
