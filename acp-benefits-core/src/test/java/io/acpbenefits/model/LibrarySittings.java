package io.acpbenefits.model;

import static io.acpbenefits.model.Library.actor;
import static io.acpbenefits.model.LibraryBenefits.WHY;
import static io.acpbenefits.model.World.text;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.examrecord.ExamRecordKind;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.examrecord.ExamRecords.Receipt;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.IdPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Exams booked and sat, and the records of them, by the library. */
final class LibrarySittings implements Programme.Sittings {

  private final AcpBenefits benefits;
  private final Handles handles;
  private final LastRecord lastRecord;

  LibrarySittings(AcpBenefits benefits, Handles handles, LastRecord lastRecord) {
    this.benefits = benefits;
    this.handles = handles;
    this.lastRecord = lastRecord;
  }

  static IdPair pair(Programme.Ids ids) {
    return new IdPair(ids.candidate(), ids.registration());
  }

  private static @Nullable IdPair pairOrNone(Programme.@Nullable Ids ids) {
    return ids == null ? null : pair(ids);
  }

  private ExamRegistrationId id(String registration) {
    return handles.id(registration, ExamRegistrationId.class, ExamRegistrationId::of);
  }

  @Override
  public String book(
      String registration,
      String account,
      String exam,
      @Nullable String code,
      Instant appointment,
      Programme.@Nullable Ids ids) {
    return made(
        registration,
        benefits
            .registrations()
            .registerWithCode(
                Actor.account(account),
                ExamId.of(exam),
                code == null ? null : handles.id(code, ExamCodeId.class, ExamCodeId::of),
                Delivery.TEST_CENTER,
                appointment,
                pairOrNone(ids)));
  }

  @Override
  public String bookSelfPaid(
      String registration,
      String account,
      String exam,
      Instant appointment,
      Programme.@Nullable Ids ids) {
    return made(
        registration,
        benefits
            .registrations()
            .registerSelfPaid(
                Actor.account(account),
                ExamId.of(exam),
                Delivery.ONLINE,
                appointment,
                pairOrNone(ids)));
  }

  private String made(String handle, ExamRegistration registration) {
    handles.put(handle, registration.examRegistrationId());
    return handle;
  }

  @Override
  public String reschedule(String account, String registration, Instant appointment) {
    benefits.registrations().reschedule(Actor.account(account), id(registration), appointment);
    return Programme.DONE;
  }

  @Override
  public String cancel(String who, String registration) {
    return benefits.registrations().cancel(actor(who), id(registration)).state().name();
  }

  @Override
  public String noteIds(String who, String registration, Programme.Ids ids) {
    benefits.registrations().noteIds(actor(who), id(registration), pair(ids));
    return Programme.DONE;
  }

  @Override
  public String markNoShow(String who, String registration) {
    benefits.registrations().markNoShow(actor(who), id(registration), WHY);
    return Programme.DONE;
  }

  @Override
  public String receive(
      String examRecord,
      String who,
      String kind,
      Programme.Ids ids,
      String exam,
      Instant taken,
      String outcome,
      @Nullable String score,
      @Nullable String voucher) {
    lastRecord.id = null;
    Receipt receipt =
        benefits
            .examRecords()
            .receive(
                actor(who),
                new ExamRecordLine(
                    pair(ids),
                    ExamId.of(exam),
                    taken,
                    ExamOutcome.valueOf(outcome),
                    score,
                    voucher == null ? null : CodeText.parse(voucher),
                    ExamRecordKind.valueOf(kind)));
    if (lastRecord.id != null) {
      handles.put(examRecord, lastRecord.id);
    }
    return receipt.name();
  }

  private ExamRecordId examRecord(String examRecord) {
    return handles.id(examRecord, ExamRecordId.class, ExamRecordId::of);
  }

  @Override
  public String hold(String who, String examRecord) {
    benefits.examRecords().hold(actor(who), examRecord(examRecord), WHY);
    return Programme.DONE;
  }

  @Override
  public String release(String who, String examRecord, boolean instead) {
    if (instead) {
      benefits.examRecords().standInstead(actor(who), examRecord(examRecord), WHY);
    } else {
      benefits.examRecords().release(actor(who), examRecord(examRecord), WHY);
    }
    return Programme.DONE;
  }

  @Override
  public String invalidate(String who, String examRecord) {
    benefits.examRecords().invalidate(actor(who), examRecord(examRecord), WHY);
    return Programme.DONE;
  }

  List<String> records(String exam) {
    List<String> lines = new ArrayList<>();
    for (var known : handles.all(ExamRecordId.class).entrySet()) {
      ExamRecord found = benefits.examRecords().get(Actor.system(), known.getValue());
      if (found.examId().value().equals(exam)) {
        lines.add(
            Lines.of(
                List.of(
                    known.getKey(),
                    found.candidateId() + "/" + found.registrationId(),
                    found.takenAt(),
                    found.kind(),
                    found.outcome(),
                    text(found.score()),
                    found.state(),
                    text(found.accountId()))));
      }
    }
    return lines;
  }
}
