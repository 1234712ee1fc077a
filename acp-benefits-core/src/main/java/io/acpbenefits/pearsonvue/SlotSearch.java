package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.registration.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which free seats are asked for.
 *
 * @param exam for which exam
 * @param delivery where
 * @param testCenter at which test center; null for all of them, and always null online
 * @param from no slot that begins before
 * @param until only slots that begin before this
 */
public record SlotSearch(
    ExamId exam,
    Delivery delivery,
    @Nullable TestCenterId testCenter,
    Instant from,
    Instant until) {

  /** Checks that the period is one, and that no test center is named for online. */
  public SlotSearch {
    if (!until.isAfter(from)) {
      throw new Refusal(Reason.INVALID_INPUT, "The end of the search must lie after its start.");
    }
    if (delivery == Delivery.ONLINE && testCenter != null) {
      throw new Refusal(Reason.INVALID_INPUT, "An online exam is not sat at a test center.");
    }
  }

  /**
   * Seats at any test center.
   *
   * @param exam for which exam
   * @param from no slot that begins before
   * @param until only slots that begin before this
   * @return the search
   */
  public static SlotSearch atTestCenters(ExamId exam, Instant from, Instant until) {
    return new SlotSearch(exam, Delivery.TEST_CENTER, null, from, until);
  }

  /**
   * Seats online.
   *
   * @param exam for which exam
   * @param from no slot that begins before
   * @param until only slots that begin before this
   * @return the search
   */
  public static SlotSearch online(ExamId exam, Instant from, Instant until) {
    return new SlotSearch(exam, Delivery.ONLINE, null, from, until);
  }
}
