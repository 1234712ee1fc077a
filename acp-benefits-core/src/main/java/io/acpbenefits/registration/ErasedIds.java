package io.acpbenefits.registration;

import io.acpbenefits.exam.ExamId;
import io.acpbenefits.secret.Vault;

/**
 * What stands in place of a candidate's ids once they are erased: a keyed hash, from which the ids
 * cannot be had again, but by which a repeat of the same record is still known; thread-safe.
 */
public final class ErasedIds {

  private static final String ERASED = "erased";

  private final Vault vault;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param vault hashes
   */
  public ErasedIds(Vault vault) {
    this.vault = vault;
  }

  /**
   * What the ids are replaced by.
   *
   * @param ids the ids, or what replaced them already
   * @param exam the exam that they identify a record with
   * @return a pair that is the same for the same ids and exam, and for no others
   */
  public IdPair of(IdPair ids, ExamId exam) {
    return ids.candidateId().equals(ERASED)
        ? ids
        : new IdPair(
            ERASED,
            vault.lookup(ids.candidateId() + "\n" + ids.registrationId() + "\n" + exam.value()));
  }
}
