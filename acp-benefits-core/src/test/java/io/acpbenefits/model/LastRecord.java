package io.acpbenefits.model;

import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.examrecord.ExamRecordReceived;
import org.jspecify.annotations.Nullable;

/** Remembers which record came last: receiving one does not tell. */
final class LastRecord implements DomainEventListener {

  @Nullable ExamRecordId id;

  @Override
  public void on(DomainEvent event) {
    if (event instanceof ExamRecordReceived received) {
      id = received.recordId();
    }
  }
}
