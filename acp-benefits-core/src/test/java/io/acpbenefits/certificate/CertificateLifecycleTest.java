package io.acpbenefits.certificate;

import io.acpbenefits.Lifecycle;
import io.acpbenefits.common.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CertificateLifecycleTest {

  private record Held(CertificateFixture it, Certificate certificate) {

    CertificateId id() {
      return certificate.certificateId();
    }

    /** As written, whatever the clock says. */
    CertificateState written() {
      List<CertificateState> history = it.history(certificate);
      return history.get(history.size() - 1);
    }

    void expire() {
      Instant until = Objects.requireNonNull(certificate.validUntil());
      if (it.core.clock.instant().isBefore(until)) {
        it.core.clock.set(until);
      }
      it.certificates.settleDue();
    }
  }

  private static Supplier<Held> after(BiConsumer<CertificateFixture, Held> arrangement) {
    return () -> {
      CertificateFixture it = new CertificateFixture();
      Held held = new Held(it, it.counting());
      arrangement.accept(it, held);
      return held;
    };
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<CertificateState, Held>(CertificateState.lifecycle(), Held::written)
        .in(CertificateState.VALID, after((it, held) -> {}))
        .in(
            CertificateState.SUSPENDED,
            after((it, held) -> it.certificates.suspend(it.core.operator, held.id(), "doubt")))
        .in(CertificateState.EXPIRED, after((it, held) -> held.expire()))
        .in(
            CertificateState.REVOKED,
            after((it, held) -> it.certificates.revoke(it.core.operator, held.id(), "fraud")))
        .in(
            CertificateState.SUPERSEDED,
            after((it, held) -> it.certificates.renew(it.core.operator, held.id(), "due")))
        .refuses(
            Operation.SUSPEND_CERTIFICATE,
            on -> on.it().certificates.suspend(on.it().core.operator, on.id(), "doubt"))
        .refuses(
            Operation.REINSTATE_CERTIFICATE,
            on -> on.it().certificates.reinstate(on.it().core.operator, on.id(), "cleared"))
        .refuses(
            Operation.REVOKE_CERTIFICATE,
            on -> on.it().certificates.revoke(on.it().core.operator, on.id(), "fraud"))
        .refuses(
            Operation.RENEW_CERTIFICATE,
            on -> on.it().certificates.renew(on.it().core.operator, on.id(), "due"))
        .ignores(Operation.EXPIRE_CERTIFICATE, Held::expire)
        .everyPair();
  }
}
