package io.acpbenefits.pearsonvue;

import io.acpbenefits.registration.ExamRegistration;

/**
 * One booked exam, as both sides know it.
 *
 * @param registration the library's side
 * @param booking Pearson VUE's side
 */
public record ExamBooking(ExamRegistration registration, Booking booking) {}
