package io.acpbenefits.examrecord;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a file has been taken.
 *
 * @param feedName what the host calls it
 * @param state where its import stands
 * @param lastLine the place in the file of the last line taken; 0 for none
 * @param counts what the lines taken came to, over all runs
 * @param startedAt when its first run began, in UTC
 * @param changedAt when its last lines were taken, or its state changed
 * @param finishedAt when all its lines had been taken, if they have
 * @param failure what ended the last run, as the name of a type or reason, if it was stopped
 */
public record FeedImport(
    FeedName feedName,
    FeedState state,
    long lastLine,
    FeedCounts counts,
    Instant startedAt,
    Instant changedAt,
    @Nullable Instant finishedAt,
    @Nullable String failure) {}
