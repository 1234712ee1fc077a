package io.acpbenefits.examples.quickstart.input;

import java.time.Instant;

/**
 * A record of {@code quotas.csv}. The periods of one partner and level do not overlap.
 *
 * @param partnerId a partner of {@code partners.csv}
 * @param level ACP or ACE
 * @param quantity codes granted, at least 1
 * @param validFrom the first instant of the period
 * @param validUntil the first instant after the period
 * @param line the line the record begins on, counted from 1
 */
public record QuotaRow(
    String partnerId, Level level, int quantity, Instant validFrom, Instant validUntil, int line) {}
