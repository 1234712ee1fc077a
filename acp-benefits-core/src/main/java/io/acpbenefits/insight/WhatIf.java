package io.acpbenefits.insight;

import io.acpbenefits.certificate.CertificateId;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is supposed to happen. First the exams are passed and bound, then certificates expire, then
 * members leave; whoever passes and leaves has therefore passed as a member.
 *
 * @param passing who passes what, and binds it
 * @param expiring which certificates expire
 * @param leaving which members leave
 */
public record WhatIf(Set<Pass> passing, Set<CertificateId> expiring, Set<AccountId> leaving) {

  /** How many things can be supposed together. */
  public static final int MOST = 1000;

  /** Nothing happens. */
  public static final WhatIf NOTHING = new WhatIf(Set.of(), Set.of(), Set.of());

  /**
   * That somebody passes an exam now, and binds its certificate at once.
   *
   * @param account who
   * @param exam which exam
   */
  public record Pass(AccountId account, ExamId exam) {}

  /** Checks that it is not too much; keeps the sets from being changed. */
  public WhatIf {
    passing = Set.copyOf(passing);
    expiring = Set.copyOf(expiring);
    leaving = Set.copyOf(leaving);
    if (passing.size() + expiring.size() + leaving.size() > MOST) {
      throw Refusal.of(Reason.INVALID_INPUT, "At most %d things can be supposed together.", MOST);
    }
  }

  /**
   * This, and somebody passes an exam.
   *
   * @param account who; a member
   * @param exam which exam
   * @return what is supposed
   */
  public WhatIf passes(AccountId account, ExamId exam) {
    return new WhatIf(with(passing, List.of(new Pass(account, exam))), expiring, leaving);
  }

  /**
   * This, and certificates expire.
   *
   * @param certificates which; attributed to the partner's organization
   * @return what is supposed
   */
  public WhatIf expires(CertificateId... certificates) {
    return new WhatIf(passing, with(expiring, List.of(certificates)), leaving);
  }

  /**
   * This, and members leave.
   *
   * @param members which; an owner may be among them, even the last one
   * @return what is supposed
   */
  public WhatIf leaves(AccountId... members) {
    return new WhatIf(passing, expiring, with(leaving, List.of(members)));
  }

  private static <T> Set<T> with(Set<T> known, List<T> more) {
    Set<T> all = new LinkedHashSet<>(known);
    all.addAll(more);
    return all;
  }
}
