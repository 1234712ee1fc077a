package io.acpbenefits.pearsonvue;

import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * What an exam costs.
 *
 * @param amount in units of the currency (dollars, not cents), from 0 to 1,000,000, with as many
 *     decimal places as the currency has
 * @param currency of ISO 4217
 */
public record Price(BigDecimal amount, Currency currency) {

  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

  /** Checks the amount, and brings it to the currency's decimal places. */
  public Price {
    int places = Math.max(currency.getDefaultFractionDigits(), 0);
    if (amount.signum() < 0
        || amount.compareTo(MOST) > 0
        || amount.stripTrailingZeros().scale() > places) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "A price in %s is between 0 and %s and has at most %d decimal places.",
          currency,
          MOST,
          places);
    }
    amount = amount.setScale(places);
  }

  /**
   * Makes a price of text.
   *
   * @param amount such as {@code 240.00}
   * @param currency its code of ISO 4217, such as {@code USD}
   * @return the price
   * @throws Refusal INVALID_INPUT
   */
  public static Price of(String amount, String currency) {
    try {
      return new Price(new BigDecimal(amount), Currency.getInstance(currency));
    } catch (IllegalArgumentException e) {
      throw Refusal.of(
          Reason.INVALID_INPUT,
          "A price is a number and a currency's code, such as 240.00 and USD; found '%s' and '%s'.",
          amount,
          currency);
    }
  }

  /** What is stored: a count of the currency's smallest unit. */
  static Price ofSmallestUnits(long units, String currency) {
    Currency known = Currency.getInstance(currency);
    return new Price(
        BigDecimal.valueOf(units, Math.max(known.getDefaultFractionDigits(), 0)), known);
  }

  long smallestUnits() {
    return amount.unscaledValue().longValueExact();
  }

  /** What an exam costs that a code pays for. */
  Price nothing() {
    return new Price(BigDecimal.ZERO, currency);
  }

  @Override
  public String toString() {
    return amount + " " + currency;
  }
}
