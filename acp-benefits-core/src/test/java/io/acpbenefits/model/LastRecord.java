package io.acpbenefits.model;

import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.common.Operation;
import io.acpbenefits.examrecord.ExamRecordAmended;
import io.acpbenefits.examrecord.ExamRecordId;
import org.jspecify.annotations.Nullable;

/** Remembers which record came last: receiving one does not tell. */
final class LastRecord implements DomainEventListener {

  @Nullable ExamRecordId id;

  @Override
  public void on(DomainEvent event) {
    if (event instanceof AuditEntry entry
        && entry.operation() == Operation.RECEIVE_RECORD
        && entry.toState() != null) {
      id = ExamRecordId.of(entry.subjectId());
    } else if (event instanceof ExamRecordAmended) {
      id = null; // What was added is the former wording.
    }
  }
}
