package io.acpbenefits.examrecord;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.registration.IdPair;
import java.util.List;

/**
 * Who waits for records: asked before several are taken in one transaction, so that all whom they
 * concern are locked in one order.
 */
@FunctionalInterface
public interface RecordsAwaited {

  /**
   * The accounts that wait for a record.
   *
   * @param ids of which candidate and sitting; locked
   * @param exam of which exam
   * @return their ids, in any order
   */
  List<AccountId> accountsWaitingFor(IdPair ids, ExamId exam);
}
