package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.erasure.AccountErased;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who has an exam account. */
final class Candidates {

  private final Domain domain;
  private final PearsonVuePolicy policy;
  private final ShownIds ids;
  private final Rows<CandidateMapper> rows;

  Candidates(Domain domain, PearsonVuePolicy policy, ShownIds ids) {
    this.domain = domain;
    this.policy = policy;
    this.ids = ids;
    this.rows = domain.rows(CandidateMapper.class);
  }

  CandidateProfile open(AccountId account, String name, String email) {
    CandidateProfile.requireContact(name, email);
    return domain.inTransaction(
        () -> {
          CandidateProfile profile =
              new CandidateProfile(account, ids.registrationId(), name, email, domain.now());
          if (rows.get(m -> m.find(account)).isEmpty()) {
            rows.insertIfMissing(m -> m.insert(profile));
          }
          // Another transaction of the same person may have been first.
          if (!lock(account).registrationId().equals(profile.registrationId())) {
            throw new Refusal(
                Reason.ALREADY_EXISTS, "This account has an exam account at Pearson VUE already.");
          }
          return profile;
        });
  }

  CandidateMapper.CandidateRow get(AccountId account) {
    return rows.get(m -> m.find(account)).orElseThrow(Candidates::notFound);
  }

  /** Whatever a candidate does begins with this, so that two of one's own acts never overlap. */
  CandidateMapper.CandidateRow lock(AccountId account) {
    return rows.get(m -> m.lock(account)).orElseThrow(Candidates::notFound);
  }

  private static Refusal notFound() {
    return new Refusal(
        Reason.NOT_FOUND, "This account has no exam account at Pearson VUE; create one first.");
  }

  /** Forgets who a candidate was; what is told of the exams stays, under a new Registration ID. */
  Optional<String> erase(AccountErased erased) {
    return rows.get(m -> m.lock(erased.accountId()))
        .map(
            candidate -> {
              String newId = ids.registrationId();
              rows.one(m -> m.erase(candidate.registrationId(), newId, erased.pseudonym()));
              return newId;
            });
  }

  EquipmentCheck check(AccountId account, Equipment equipment) {
    return domain.inTransaction(
        () -> {
          CandidateMapper.CandidateRow candidate = lock(account);
          List<String> problems = problemsOf(equipment);
          Instant passedAt = problems.isEmpty() ? domain.now() : null;
          rows.one(m -> m.setEquipmentPassedAt(candidate.registrationId(), passedAt));
          return new EquipmentCheck(
              problems, passedAt == null ? null : passedAt.plus(policy.equipmentCheckLife()));
        });
  }

  private List<String> problemsOf(Equipment equipment) {
    List<String> problems = new ArrayList<>();
    if (!equipment.camera()) {
      problems.add("There is no camera.");
    }
    if (!equipment.microphone()) {
      problems.add("There is no microphone.");
    }
    if (equipment.megabitsPerSecond() < policy.megabitsPerSecond()) {
      problems.add(
          "The connection has %d Mbit/s; it must have %d at least."
              .formatted(equipment.megabitsPerSecond(), policy.megabitsPerSecond()));
    }
    return problems;
  }

  void requireTestedEquipment(CandidateMapper.CandidateRow candidate) {
    Instant passedAt = candidate.equipmentPassedAt();
    if (passedAt == null || domain.now().isAfter(passedAt.plus(policy.equipmentCheckLife()))) {
      throw Refusal.of(
          Reason.ILLEGAL_STATE,
          "The equipment is %s; an online exam can be booked once a check of it has passed.",
          passedAt == null ? "UNTESTED" : "TESTED TOO LONG AGO");
    }
  }
}
