package io.acpbenefits.examrecord;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a source of exam records stands.
 *
 * @param feedName what the source is called
 * @param phase what is going on
 * @param cursor where the next batch begins, as the source told; null for the very beginning
 * @param counts what the lines that were pulled came to, ever
 * @param nextAttemptAt when the next pull is due, in UTC; while one is going on, when another node
 *     may go on in its place
 * @param lastSuccessAt when a pull last came to its end, if one did
 * @param lastFailureAt when a pull last failed, if one did
 * @param lastFailure why, as the name of a type or reason, if one did
 * @param failures how many pulls in a row have failed since the last success
 */
public record PullState(
    FeedName feedName,
    PullPhase phase,
    @Nullable String cursor,
    FeedCounts counts,
    Instant nextAttemptAt,
    @Nullable Instant lastSuccessAt,
    @Nullable Instant lastFailureAt,
    @Nullable String lastFailure,
    int failures) {}
