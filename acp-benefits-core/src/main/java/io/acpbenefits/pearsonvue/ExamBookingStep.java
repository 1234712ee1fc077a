package io.acpbenefits.pearsonvue;

/** What Pearson VUE is to be asked for next. */
public enum ExamBookingStep {
  /** To hold a seat; nothing is registered here yet. */
  HOLD_SEAT,
  /** To take the code or the payment for the seat; the exam is registered here. */
  CHECK_OUT,
  /** To take a seat back, because the booking was refused; nothing is registered here any more. */
  GIVE_BACK,
  /** To move the booking; it is where it was here. */
  MOVE,
  /** To move the booking back, because moving it was refused here. */
  MOVE_BACK,
  /** To cancel the booking; it is scheduled here. */
  CANCEL
}
