package io.acpbenefits.certificate;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodes;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecord;
import io.acpbenefits.examrecord.ExamRecords;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.ExamRegistrations;
import java.util.Optional;

/** Tells where accounts stand on their way to a certificate; read-only, thread-safe. */
public final class Candidacies {

  private final Access access;
  private final Rows<CandidateMapper> rows;
  private final ExamCodes codes;
  private final ExamRegistrations registrations;
  private final ExamRecords records;
  private final Certificates certificates;
  private final CertificateBindings bindings;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may ask
   * @param codes who holds what
   * @param registrations what is booked
   * @param records what has arrived
   * @param certificates what was earned
   * @param bindings what was submitted
   */
  public Candidacies(
      Domain domain,
      Access access,
      ExamCodes codes,
      ExamRegistrations registrations,
      ExamRecords records,
      Certificates certificates,
      CertificateBindings bindings) {
    this.access = access;
    this.rows = domain.rows(CandidateMapper.class);
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

  /**
   * Who holds a code, is booked, or has submitted a binding that is neither bound nor failed. Reads
   * all of that for each page, so it is for people who look.
   *
   * @param actor by default the platform
   * @param page which part
   * @return each account and exam once, in a fixed order
   * @throws Refusal NOT_PERMITTED
   */
  public Page<Candidate> open(Actor actor, PageRequest page) {
    access.require(actor, Operation.SEE_BINDINGS, Subject.PROGRAMME);
    String[] after = page.afterOrStart().split(":", 2);
    String exam = after.length == 2 ? after[1] : "";
    return page.of(
        rows.get(m -> m.open(after[0], exam, page.rowsToFetch())),
        candidate -> candidate.accountKey() + ":" + candidate.examId());
  }

  private boolean isUnboundPass(ExamRecord found) {
    return found.outcome() == ExamOutcome.PASS
        && certificates
            .byRecord(Actor.system(), found.recordId())
            .filter(c -> c.state() == CertificateState.VALID && c.accountId() == null)
            .isPresent();
  }
}
