package io.acpbenefits.exam;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import java.util.List;
import java.util.Optional;

/** The exam catalogue; thread-safe. */
public final class Exams {

  private final Domain domain;
  private final Rows<ExamMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   */
  public Exams(Domain domain) {
    this.domain = domain.idType(ExamId.class, ExamId::new);
    this.rows = domain.rows(ExamMapper.class);
  }

  /**
   * Adds an exam.
   *
   * @param actor an operator or the system
   * @param exam the exam
   * @throws Refusal NOT_PERMITTED, or ALREADY_EXISTS if its id or name is taken
   */
  public void add(Actor actor, Exam exam) {
    if (actor instanceof Actor.Account) {
      throw new Refusal(Reason.NOT_PERMITTED, "Only a platform operator may add an exam.");
    }
    domain.run(
        () -> {
          if (find(exam.examId()).isPresent() || findByName(exam.name()).isPresent()) {
            throw Refusal.of(
                Reason.ALREADY_EXISTS,
                "There is an exam with the id %s or the name '%s' already.",
                exam.examId(),
                exam.name());
          }
          rows.one(m -> m.insert(exam, Exam.nameKey(exam.name())));
        });
  }

  /**
   * Finds an exam.
   *
   * @param id which
   * @return the exam, or empty
   */
  public Optional<Exam> find(ExamId id) {
    return rows.get(m -> m.find(id));
  }

  /**
   * Gets an exam.
   *
   * @param id which
   * @return the exam
   * @throws Refusal NOT_FOUND
   */
  public Exam get(ExamId id) {
    return find(id).orElseThrow(() -> Refusal.of(Reason.NOT_FOUND, "There is no exam %s.", id));
  }

  /**
   * Finds an exam by the name that people paste.
   *
   * @param name ignoring case and how many blanks there are
   * @return the exam, or empty
   */
  public Optional<Exam> findByName(String name) {
    return rows.get(m -> m.findByName(Exam.nameKey(name)));
  }

  /**
   * Lists the catalogue.
   *
   * @return in the order of their ids
   */
  public List<Exam> all() {
    return rows.get(ExamMapper::all);
  }
}
