package io.acpbenefits.exam;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.util.List;
import java.util.Optional;

/** The exam catalogue; thread-safe. */
public final class Exams {

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final Rows<ExamMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   */
  public Exams(Domain domain, Access access, AuditLog log) {
    this.domain = domain.idType(ExamId.class, ExamId::new);
    this.access = access;
    this.log = log;
    this.rows = domain.rows(ExamMapper.class);
  }

  /**
   * Adds an exam.
   *
   * @param actor by default an operator or the system
   * @param exam the exam
   * @throws Refusal NOT_PERMITTED, or ALREADY_EXISTS if its id or name is taken
   */
  public void add(Actor actor, Exam exam) {
    access.require(actor, Operation.ADD_EXAM, Subject.PROGRAMME);
    domain.run(
        () -> {
          if (rows.get(m -> m.find(exam.examId())).isPresent()) {
            throw Refusal.of(
                Reason.ALREADY_EXISTS, "There is an exam with the id %s already.", exam.examId());
          }
          requireFreeName(exam);
          rows.one(m -> m.insert(exam, Exam.nameKey(exam.name())));
          log.noted(actor, Operation.ADD_EXAM, exam.examId(), null);
        });
  }

  /**
   * Changes an exam's name, texts and times; its level stays. Nothing is assigned, registered or
   * sat past the new end of life, and open codes that would outlive it end with it. An end of life
   * that is put off or taken back gives no code its former expiry again. Told as {@link
   * ExamChanged}.
   *
   * @param actor by default an operator or the system
   * @param exam as it is to be
   * @throws Refusal NOT_PERMITTED, NOT_FOUND, ALREADY_EXISTS if its name is taken, or INVALID_INPUT
   *     if the level is another
   */
  public void change(Actor actor, Exam exam) {
    access.require(actor, Operation.CHANGE_EXAM, Subject.PROGRAMME);
    domain.run(
        () -> {
          Exam old =
              rows.get(m -> m.lock(exam.examId())).orElseThrow(() -> notFound(exam.examId()));
          if (old.level() != exam.level()) {
            throw Refusal.of(
                Reason.INVALID_INPUT,
                "Exam %s is of level %s, which cannot be changed: quotas were held for it.",
                exam.examId(),
                old.level());
          }
          requireFreeName(exam);
          rows.one(m -> m.update(exam, Exam.nameKey(exam.name())));
          log.noted(actor, Operation.CHANGE_EXAM, exam.examId(), null);
          domain.publish(new ExamChanged(exam.examId(), exam.endOfLife()));
        });
  }

  private void requireFreeName(Exam exam) {
    rows.get(m -> m.findByName(Exam.nameKey(exam.name())))
        .filter(other -> !other.examId().equals(exam.examId()))
        .ifPresent(
            other -> {
              throw Refusal.of(
                  Reason.ALREADY_EXISTS,
                  "There is an exam with the name '%s' already: %s.",
                  exam.name(),
                  other.examId());
            });
  }

  /**
   * Finds an exam.
   *
   * @param actor by default anyone
   * @param id which
   * @return the exam, or empty
   * @throws Refusal NOT_PERMITTED
   */
  public Optional<Exam> find(Actor actor, ExamId id) {
    access.require(actor, Operation.SEE_EXAMS, Subject.PROGRAMME);
    return rows.get(m -> m.find(id));
  }

  /**
   * Gets an exam.
   *
   * @param actor by default anyone
   * @param id which
   * @return the exam
   * @throws Refusal NOT_PERMITTED, NOT_FOUND
   */
  public Exam get(Actor actor, ExamId id) {
    return find(actor, id).orElseThrow(() -> notFound(id));
  }

  /**
   * Locks an exam until the transaction ends, so that its end of life stays what it is: for whoever
   * writes an end that may not lie behind it. Behind the lock of the partner, before those of
   * codes.
   *
   * @param library only from inside other operations
   * @param id which
   * @return the exam
   * @throws Refusal NOT_FOUND
   */
  public Exam lock(Actor.Library library, ExamId id) {
    return rows.get(m -> m.lock(id)).orElseThrow(() -> notFound(id));
  }

  private static Refusal notFound(ExamId id) {
    return Refusal.of(Reason.NOT_FOUND, "There is no exam %s.", id);
  }

  /**
   * Finds an exam by the name that people paste.
   *
   * @param actor by default anyone
   * @param name ignoring case and how many blanks there are
   * @return the exam, or empty
   * @throws Refusal NOT_PERMITTED
   */
  public Optional<Exam> findByName(Actor actor, String name) {
    access.require(actor, Operation.SEE_EXAMS, Subject.PROGRAMME);
    return rows.get(m -> m.findByName(Exam.nameKey(name)));
  }

  /**
   * Lists the catalogue, which is no longer than what one vendor examines in: some hundreds at
   * most.
   *
   * @param actor by default anyone
   * @return in the order of their ids
   * @throws Refusal NOT_PERMITTED
   */
  public List<Exam> all(Actor actor) {
    access.require(actor, Operation.SEE_EXAMS, Subject.PROGRAMME);
    return rows.get(ExamMapper::all);
  }
}
