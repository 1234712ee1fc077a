package io.acpbenefits.insight;

/**
 * How far codes, and bookings that people paid for themselves, have come. Each number counts what
 * has come at least so far, so none is larger than the one before it.
 *
 * @param issued codes that the partner got in the period
 * @param assigned of these, those that a member holds or held last; given back means not assigned
 * @param withCode how far those have come
 * @param selfPaid how far the bookings have come that members paid for themselves in the period
 */
public record Funnel(long issued, long assigned, Steps withCode, Steps selfPaid) {

  /** Nothing. */
  public static final Funnel NONE = new Funnel(0, 0, Steps.NONE, Steps.NONE);

  /**
   * From the booking on.
   *
   * @param booked booked and not canceled in time; a code that was used without a known booking
   *     counts as well
   * @param sat of these, those whose exam was sat
   * @param passed of these, those whose exam was passed
   * @param bound of these, those whose certificate is bound to that person and attributed to the
   *     partner's organization
   */
  public record Steps(long booked, long sat, long passed, long bound) {

    /** Nothing. */
    public static final Steps NONE = new Steps(0, 0, 0, 0);

    /**
     * These and others.
     *
     * @param other the others
     * @return the sums
     */
    public Steps plus(Steps other) {
      return new Steps(
          booked + other.booked, sat + other.sat, passed + other.passed, bound + other.bound);
    }
  }

  /**
   * How far exams have come, however they were paid for.
   *
   * @return with codes and self-paid ones together
   */
  public Steps all() {
    return withCode.plus(selfPaid);
  }

  /**
   * These and others.
   *
   * @param other the others
   * @return the sums
   */
  public Funnel plus(Funnel other) {
    return new Funnel(
        issued + other.issued,
        assigned + other.assigned,
        withCode.plus(other.withCode),
        selfPaid.plus(other.selfPaid));
  }
}
