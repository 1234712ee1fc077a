package io.acpbenefits.examcode;

import java.time.Duration;
import java.time.Period;

/**
 * The rules of exam codes that no source document settles.
 *
 * @param life how long a code lives from its issue, counted in UTC; never past its exam's end of
 *     life
 * @param cancelInTime how long before the appointment an exam must be canceled for its code to come
 *     back
 */
public record CodePolicy(Period life, Duration cancelInTime) {

  /** 12 months; 24 hours. */
  public static final CodePolicy DEFAULT =
      new CodePolicy(Period.ofMonths(12), Duration.ofHours(24));
}
