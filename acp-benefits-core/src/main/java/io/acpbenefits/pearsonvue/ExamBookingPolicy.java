package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Tries;

/**
 * The rules of asking Pearson VUE.
 *
 * @param tries how often one thing is asked for if there is no answer, and when again
 */
public record ExamBookingPolicy(Tries tries) {

  /** {@link Tries#DEFAULT}. */
  public static final ExamBookingPolicy DEFAULT = new ExamBookingPolicy(Tries.DEFAULT);
}
