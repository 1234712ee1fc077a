package io.acpbenefits.erasure;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.DomainEvent;

/**
 * An account's personal data was erased: a host erases its own in the same transaction.
 *
 * @param accountId the id that it had, which the library knows no more
 * @param pseudonym the id that stands in its place
 */
public record AccountErased(AccountId accountId, AccountId pseudonym) implements DomainEvent {

  /** Never shows the id that was erased. */
  @Override
  public String toString() {
    return "AccountErased[" + pseudonym + "]";
  }
}
