package io.acpbenefits.organization;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The academy accounts that the library has met; thread-safe.
 *
 * <p>Each has a key of the library's own, which stands for it wherever the host's id, which may be
 * personal data, must not go: process variables, business keys, logs.
 */
public final class Accounts {

  private final Domain domain;
  private final Rows<AccountMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   */
  public Accounts(Domain domain) {
    this.domain = domain.idType(AccountId.class, AccountId::new);
    this.rows = domain.rows(AccountMapper.class);
  }

  /**
   * Locks an account's row until the transaction ends, making it if it is new. Whatever decides on
   * an account's memberships, codes or bindings begins with this, so that two decisions never pass
   * each other.
   *
   * @param library only from inside other operations
   * @param id which account
   * @return the account's key
   */
  public String lock(Actor.Library library, AccountId id) {
    return domain.inTransaction(
        () -> {
          if (rows.get(m -> m.key(id)).isEmpty()) {
            rows.insertIfMissing(m -> m.insert(id, domain.newId()));
          }
          Optional<String> key = rows.get(m -> m.lock(id));
          while (key.isEmpty()) {
            // It was erased while this waited for it; now it is a new account.
            rows.insertIfMissing(m -> m.insert(id, domain.newId()));
            key = rows.get(m -> m.lock(id));
          }
          return key.get();
        });
  }

  /**
   * Locks several in the order of their ids, so that two transactions never wait in a ring.
   *
   * @param library only from inside other operations
   * @param ids which accounts, in any order
   */
  public void lockInOrder(Actor.Library library, Stream<AccountId> ids) {
    ids.distinct()
        .sorted(Comparator.comparing(AccountId::value))
        .forEach(id -> lock(Actor.system(), id));
  }

  /**
   * The account behind a key.
   *
   * @param library only from inside other operations
   * @param key what {@link #lock} returned
   * @return the account
   * @throws Refusal NOT_FOUND
   */
  public AccountId byKey(Actor.Library library, String key) {
    return rows.get(m -> m.byKey(key))
        .orElseThrow(() -> Refusal.of(Reason.NOT_FOUND, "There is no account with key %s.", key));
  }
}
