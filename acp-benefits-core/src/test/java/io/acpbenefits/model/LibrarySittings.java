package io.acpbenefits.model;

import static io.acpbenefits.model.Library.actor;
import static io.acpbenefits.model.World.text;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.examrecord.ExamRecords.Receipt;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.IdPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  public String cancel(String account, String registration) {
    return benefits.registrations().cancel(Actor.account(account), id(registration)).state().name();
  }

  @Override
  public String noteIds(String who, String registration, Programme.Ids ids) {
    benefits.registrations().noteIds(actor(who), id(registration), pair(ids));
    return Programme.DONE;
  }

  @Override
  public String receive(
      String examRecord,
      String who,
      Programme.Ids ids,
      String exam,
      Instant taken,
      String outcome,
      @Nullable String score,
      @Nullable String voucher) {
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
                    voucher == null ? null : CodeText.parse(voucher)));
    if (receipt == Receipt.STORED) {
      handles.put(examRecord, Objects.requireNonNull(lastRecord.id));
    } else if (receipt == Receipt.HELD) {
      List<ExamRecord> held = benefits.examRecords().held(Actor.system());
      handles.put(examRecord, held.get(held.size() - 1).recordId());
    }
    return receipt.name();
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
                    found.outcome(),
                    found.state(),
                    text(found.accountId()))));
      }
    }
    return lines;
  }
}
