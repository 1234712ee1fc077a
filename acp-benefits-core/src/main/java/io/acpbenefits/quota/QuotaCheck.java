package io.acpbenefits.quota;

import io.acpbenefits.internal.Domain;
import io.acpbenefits.quota.LedgerMapper.Proof;
import io.acpbenefits.quota.QuotaDifference.Figure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds each quota against its ledger and against what it is used for, batch by batch.
 *
 * <p>Counters and ledger are read by one statement, the uses by another, between which somebody may
 * have written; so whatever looks like a difference is read again while the quota is locked, as
 * everyone locks it who changes any of them.
 */
final class QuotaCheck {

  private final Domain domain;
  private final QuotaStore store;
  private final QuotaUses uses;
  private final int batch;

  QuotaCheck(Domain domain, QuotaStore store, QuotaUses uses, int batch) {
    this.domain = domain;
    this.store = store;
    this.uses = uses;
    this.batch = batch;
  }

  Optional<QuotaDifference> first() {
    String after = "";
    while (true) {
      String from = after;
      List<Proof> proofs = store.ledger.get(m -> m.proofs(from, batch));
      Optional<QuotaDifference> found =
          differences(proofs)
              .map(QuotaDifference::quotaId)
              .distinct()
              .flatMap(id -> confirmed(id).stream())
              .findFirst();
      if (found.isPresent() || proofs.size() < batch) {
        return found;
      }
      after = proofs.get(proofs.size() - 1).quotaId().value();
    }
  }

  private Optional<QuotaDifference> confirmed(QuotaId id) {
    return domain.inTransaction(
        () -> {
          store.lock(id);
          Proof proof = store.ledger.get(m -> m.proof(id));
          return differences(List.of(proof)).findFirst();
        });
  }

  private Stream<QuotaDifference> differences(List<Proof> proofs) {
    if (proofs.isEmpty()) {
      return Stream.empty();
    }
    Map<QuotaId, QuotaUses.Use> used =
        uses.between(proofs.get(0).quotaId(), proofs.get(proofs.size() - 1).quotaId()).stream()
            .collect(Collectors.toMap(QuotaUses.Use::quotaId, Function.identity()));
    return proofs.stream()
        .flatMap(
            proof ->
                differences(
                    proof,
                    used.getOrDefault(proof.quotaId(), new QuotaUses.Use(proof.quotaId(), 0, 0))));
  }

  private static Stream<QuotaDifference> differences(Proof quota, QuotaUses.Use use) {
    long available = quota.granted() - quota.held() - quota.consumed() - quota.expired();
    return Stream.of(
            difference(quota, Figure.AVAILABLE, available, Math.max(0, available)),
            difference(quota, Figure.GRANTED, quota.granted(), Math.max(0, quota.ledgerGranted())),
            difference(quota, Figure.HELD, quota.held(), Math.max(0, quota.ledgerHeld())),
            difference(
                quota, Figure.CONSUMED, quota.consumed(), Math.max(0, quota.ledgerConsumed())),
            difference(quota, Figure.EXPIRED, quota.expired(), Math.max(0, quota.ledgerExpired())),
            difference(quota, Figure.HELD_FOR_APPLICATIONS, quota.held(), use.held()),
            difference(quota, Figure.CONSUMED_FOR_APPLICATIONS, quota.consumed(), use.consumed()))
        .flatMap(Optional::stream);
  }

  private static Optional<QuotaDifference> difference(
      Proof quota, Figure figure, long counted, long proven) {
    return counted == proven
        ? Optional.empty()
        : Optional.of(
            new QuotaDifference(quota.quotaId(), quota.partnerId(), figure, counted, proven));
  }
}
