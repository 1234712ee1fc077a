package io.acpbenefits.pearsonvue;

import java.time.Instant;

/**
 * Where a booking stands: {@code HELD → SCHEDULED | RELEASED}, {@code SCHEDULED → SCHEDULED}
 * (rescheduled) {@code → CANCELED | LATE_CANCELED | DELIVERED | NO_SHOW}, {@code DELIVERED ⇄
 * NO_SHOW} (corrected) {@code → INVALIDATED}.
 */
public enum BookingState {
  /** The seat is kept for a short while, until the checkout. */
  HELD,
  /** Given up, or not checked out in time; the seat is free again. */
  RELEASED,
  /** Paid for. */
  SCHEDULED,
  /** Canceled in time: the code can be used again, or the price is paid back. */
  CANCELED,
  /** Canceled too late: the code is used up, or the price is kept. */
  LATE_CANCELED,
  /** Sat; there is a result. */
  DELIVERED,
  /** Nobody came: the code is used up, or the price is kept. */
  NO_SHOW,
  /** The result was taken back. */
  INVALIDATED;

  /** This as of now, whether or not anybody has written down that a held seat's time is over. */
  BookingState at(Instant now, Instant heldUntil) {
    return this == HELD && !now.isBefore(heldUntil) ? RELEASED : this;
  }
}
