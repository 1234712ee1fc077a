package io.acpbenefits.benefitcenter;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import java.util.List;

/**
 * The Benefit Center, which hands out exam codes. A host that has access to the real one plugs in
 * its own adapter; {@link EmbeddedBenefitCenter} hands them out from a stock that was imported.
 *
 * <p>Implementations must be thread-safe and idempotent by application: asked again for the same
 * application they return the same codes. They are called outside of any transaction, at least
 * once, several times if the answer was lost, and perhaps by two nodes at once. They should give up
 * before the time is over that {@code ApplicationPolicy.answerWithin} allows.
 */
@FunctionalInterface
public interface BenefitCenter {

  /**
   * Hands out codes for one application: all or none.
   *
   * @param applicationId the application that is fulfilled, the key of idempotency
   * @param exam for which exam
   * @param quantity how many, at least 1
   * @return exactly that many codes, the same ones at every repetition
   * @throws io.acpbenefits.common.Refusal OUT_OF_STOCK if there are too few; nothing is handed out
   */
  List<CodeText> handOut(String applicationId, ExamId exam, int quantity);

  /**
   * Is told that an application has ended without taking codes, whether or not any were handed out
   * for it: they can be handed out for another. Idempotent; called at least once, when no answer to
   * {@link #handOut} is expected any more, and again after it threw. By default nothing happens.
   *
   * @param applicationId the application that needs no codes
   */
  default void giveBack(String applicationId) {}
}
