package io.acpbenefits.examples.quickstart.input;

/**
 * A record of {@code partners.csv}.
 *
 * @param partnerId unique, at most 200 characters, as all ids
 * @param name at most 200 characters, runs of blanks and line breaks made one space
 * @param tier any word
 * @param mainAccount the account that owns the partner's organization; of one partner only
 * @param line the line the record begins on, counted from 1
 */
public record PartnerRow(
    String partnerId, String name, String tier, String mainAccount, int line) {}
