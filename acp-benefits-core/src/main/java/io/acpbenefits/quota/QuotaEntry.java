package io.acpbenefits.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a quota's append-only ledger.
 *
 * @param entryId its id; ids sort in the order of the entries
 * @param quotaId of which quota
 * @param kind what was done
 * @param quantity how many codes it moved: at least 1, but of an ADJUST negative where it took away
 * @param reference what it was done for: a benefit application's id, {@code policy} where the quota
 *     policy said so, or null
 * @param effectiveAt since when it counts, in UTC: when it was made, but of an expiry by time the
 *     instant when it was due
 * @param madeAt when it was written, in UTC
 * @param madeBy who, as {@code account:…}, {@code operator:…} or {@code system}
 */
public record QuotaEntry(
    String entryId,
    QuotaId quotaId,
    Kind kind,
    long quantity,
    @Nullable String reference,
    Instant effectiveAt,
    Instant madeAt,
    String madeBy) {

  /** What an entry does to the balance. */
  public enum Kind {
    /** Adds to granted. */
    GRANT,
    /** Moves from available to held. */
    HOLD,
    /** Moves from held back to available; once the quota has ended an EXPIRE follows. */
    RELEASE,
    /** Moves from held to consumed. */
    CONSUME,
    /** Adds to granted, or takes away from it. */
    ADJUST,
    /** Moves from available to expired. */
    EXPIRE
  }
}
