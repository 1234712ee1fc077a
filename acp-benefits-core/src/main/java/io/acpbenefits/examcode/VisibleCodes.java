package io.acpbenefits.examcode;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.organization.Accounts;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.util.List;

/** Finds and locks codes for those who may: to all who may not see a code there is none. */
final class VisibleCodes {

  private final Access access;
  private final Accounts accounts;
  private final CodeStore store;

  VisibleCodes(Access access, Accounts accounts, CodeStore store) {
    this.access = access;
    this.accounts = accounts;
    this.store = store;
  }

  ExamCode get(Actor actor, Operation operation, ExamCodeId id) {
    ExamCode code = store.find(id);
    require(actor, operation, code);
    return code;
  }

  /** Locks the holder and the code; asks again, since the code may have changed hands meanwhile. */
  ExamCode lock(Actor actor, Operation operation, ExamCodeId id) {
    get(actor, operation, id);
    ExamCode code = lock(id);
    require(actor, operation, code);
    return code;
  }

  /**
   * Accounts are locked before codes, everywhere, so that two transactions never wait in a ring.
   */
  ExamCode lock(ExamCodeId id) {
    AccountId holder = store.find(id).holder();
    if (holder != null) {
      accounts.lock(Actor.system(), holder);
    }
    return store.lock(id);
  }

  List<ExamCode> among(Actor actor, List<ExamCode> codes) {
    return codes.stream()
        .filter(code -> access.allows(actor, Operation.SEE_CODES, subject(code)))
        .toList();
  }

  private void require(Actor actor, Operation operation, ExamCode code) {
    Subject subject = subject(code);
    if (!access.allows(actor, operation, subject)
        && !access.allows(actor, Operation.SEE_CODES, subject)) {
      throw CodeStore.notFound();
    }
    access.require(actor, operation, subject);
  }

  private static Subject subject(ExamCode code) {
    return Subject.ofOrganization(code.organizationId()).concerning(code.holder());
  }
}
