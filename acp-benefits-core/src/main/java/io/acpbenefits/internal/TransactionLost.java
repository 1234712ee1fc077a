package io.acpbenefits.internal;

import io.acpbenefits.common.BenefitsException;
import io.acpbenefits.common.Refusal;
import java.sql.SQLException;

/**
 * What failed could not be taken back to where it began, so the transaction is not what those in it
 * take it for. On H2, MySQL and MariaDB a deadlock takes back the whole transaction and its
 * savepoints with it: who went on would write into a new one that lacks all that was written
 * before. So nobody may take this for the failure of one row or line and go on; see {@link
 * Domain#requireNotLost}.
 */
final class TransactionLost extends BenefitsException {

  private static final long serialVersionUID = 1L;

  /** Somebody caught what the transaction was lost by. */
  TransactionLost(RuntimeException caught) {
    super(
        "A deadlock has taken back the transaction, and whoever caught that went on; let it pass.",
        caught);
  }

  /**
   * What it was stays visible as the cause, so that it can be told whether to begin anew; but not a
   * refusal, which would be taken for one.
   */
  TransactionLost(RuntimeException failure, SQLException notTakenBack) {
    super(
        "What failed could not be taken back: " + notTakenBack.getMessage(),
        failure instanceof Refusal ? notTakenBack : failure);
    addSuppressed(failure instanceof Refusal ? failure : notTakenBack);
  }
}
