package io.acpbenefits.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a quota's append-only ledger.
 *
 * @param entryId its id; ids sort in the order of the entries
 * @param quotaId of which quota
 * @param kind what was done
 * @param quantity how many codes it moved, at least 1
 * @param reference what it was done for, such as a benefit application's id
 * @param madeAt when, in UTC
 * @param madeBy who
 */
public record QuotaEntry(
    String entryId,
    QuotaId quotaId,
    Kind kind,
    long quantity,
    @Nullable String reference,
    Instant madeAt,
    String madeBy) {

  /** What an entry does to the balance. */
  public enum Kind {
    /** Adds to granted. */
    GRANT,
    /** Moves from available to held. */
    HOLD,
    /** Moves from held back to available, or to expired once the period is over. */
    RELEASE,
    /** Moves from held to consumed. */
    CONSUME,
    /** Changes granted. */
    ADJUST,
    /** Moves from available to expired. */
    EXPIRE
  }
}
