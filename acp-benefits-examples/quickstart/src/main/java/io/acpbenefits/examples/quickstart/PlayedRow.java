package io.acpbenefits.examples.quickstart;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the journey that was played.
 *
 * @param row its id
 * @param fingerprint of what it said
 * @param at when
 * @param action what it did
 * @param actor who acted
 * @param partnerId at which partner
 * @param examId for which exam
 * @param account whom it concerned
 * @param examOutcome what it reported of an exam, unless it repeated an earlier report
 * @param subject the id of what it made or changed; null if it was refused
 * @param link the invitation link that it made or used
 * @param ref the earlier row that it names
 * @param outcome DONE, REFUSED or WAITING; null while its jobs are not run
 * @param reason why it is not done
 * @param detail a sentence for people
 */
record PlayedRow(
    String row,
    String fingerprint,
    Instant at,
    String action,
    @Nullable String actor,
    @Nullable String partnerId,
    @Nullable String examId,
    @Nullable String account,
    @Nullable String examOutcome,
    @Nullable String subject,
    @Nullable String link,
    @Nullable String ref,
    @Nullable String outcome,
    @Nullable String reason,
    @Nullable String detail) {}
