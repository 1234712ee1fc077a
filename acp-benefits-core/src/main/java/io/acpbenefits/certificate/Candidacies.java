package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.ExamRegistrations;
import java.util.Optional;

/** Tells where accounts stand on their way to a certificate; read-only, thread-safe. */
public final class Candidacies {

  private final Access access;
  private final ExamCodes codes;
  private final ExamRegistrations registrations;
  private final ExamRecords records;
  private final Certificates certificates;
  private final CertificateBindings bindings;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param access who may ask
   * @param codes who holds what
   * @param registrations what is booked
   * @param records what has arrived
   * @param certificates what was earned
   * @param bindings what was submitted
   */
  public Candidacies(
      Access access,
      ExamCodes codes,
      ExamRegistrations registrations,
      ExamRecords records,
      Certificates certificates,
      CertificateBindings bindings) {
    this.access = access;
    this.codes = codes;
    this.registrations = registrations;
    this.records = records;
    this.certificates = certificates;
    this.bindings = bindings;
  }

  /**
   * Tells where an account stands now.
   *
   * @param actor by default the account itself or the platform
   * @param account who
   * @param exam for which exam
   * @return what the rows say
   * @throws Refusal NOT_PERMITTED
   */
  public Candidacy of(Actor actor, AccountId account, ExamId exam) {
    access.require(actor, Operation.SEE_BINDINGS, Subject.ofAccount(account));
    Optional<CertificateBinding> open = bindings.open(Actor.system(), account, exam);
    if (open.isPresent()) {
      return new Candidacy(Candidacy.State.BINDING_SUBMITTED, open.get().bindingId());
    }
    if (records.of(Actor.system(), account, exam).stream().anyMatch(this::isUnboundPass)) {
      return new Candidacy(Candidacy.State.PASSED, null);
    }
    boolean booked =
        registrations.of(Actor.system(), account, exam).stream()
            .anyMatch(r -> r.state() == ExamRegistrationState.SCHEDULED);
    return new Candidacy(
        booked || codes.openCode(Actor.system(), account, exam).isPresent()
            ? Candidacy.State.UNDER_WAY
            : Candidacy.State.OVER,
        null);
  }

  private boolean isUnboundPass(ExamRecord found) {
    return found.outcome() == ExamOutcome.PASS
        && certificates
            .byRecord(Actor.system(), found.recordId())
            .filter(c -> c.state() == CertificateState.VALID && c.accountId() == null)
            .isPresent();
  }
}
