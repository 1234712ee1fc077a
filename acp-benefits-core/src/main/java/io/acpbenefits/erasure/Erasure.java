package io.acpbenefits.erasure;

import io.acpbenefits.common.AccountId;
import java.time.Instant;

/**
 * That an account's personal data was erased.
 *
 * @param pseudonym the id that stands in the account's place from now on
 * @param erasedAt when, in UTC
 */
public record Erasure(AccountId pseudonym, Instant erasedAt) {}
