package io.acpbenefits.certificate;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.idempotency.RequestKeys;
import io.acpbenefits.internal.Domain;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a new certificate with a new number in the place of an old one, once for each key. */
final class Renewals {

  private final Domain domain;
  private final RequestKeys keys;
  private final CertificateStore store;
  private final CertificatePolicy policy;
  private final CertificateNumbers numbers;

  Renewals(
      Domain domain,
      RequestKeys keys,
      CertificateStore store,
      CertificatePolicy policy,
      CertificateNumbers numbers) {
    this.domain = domain;
    this.keys = keys;
    this.store = store;
    this.policy = policy;
    this.numbers = numbers;
  }

  Certificate renew(
      Actor actor,
      CertificateId id,
      @Nullable CertificateNumber number,
      String why,
      @Nullable RequestKey key) {
    Operation operation = Operation.RENEW_CERTIFICATE;
    return keys.once(
        actor,
        key,
        operation,
        // A number is never blank, so that none differs from each.
        List.of(id, number == null ? "" : number, why),
        renewal -> renewal.certificateId().value(),
        earlier -> store.get(CertificateId.of(earlier)),
        () -> domain.allOrNothing(() -> renew(actor, store.lock(id), number, why)));
  }

  private Certificate renew(
      Actor actor, Certificate old, @Nullable CertificateNumber number, String why) {
    CertificateState.lifecycle().require(Operation.RENEW_CERTIFICATE, old.state());
    if (old.accountId() == null) {
      throw new Refusal(
          Reason.ILLEGAL_STATE,
          "The certificate is VALID, but bound to no account yet; it can be renewed once it is.");
    }
    if (number != null && store.get(m -> m.byNumber(number)).isPresent()) {
      throw Refusal.of(Reason.ALREADY_EXISTS, "There is a certificate %s already.", number);
    }
    Instant now = domain.now();
    Certificate renewal =
        old.renewed(
            CertificateId.of(domain.newId()),
            number == null ? numbers.next(old.level()) : number,
            now,
            policy.validUntil(old.level(), now));
    // Both are written before either is told of: who counts then finds one, neither none nor two.
    store.insert(renewal);
    Operation operation = Operation.RENEW_CERTIFICATE;
    store.move(actor, operation, old, old.in(CertificateState.SUPERSEDED, false), why);
    store.tellOf(actor, operation, renewal, why);
    return renewal;
  }
}
