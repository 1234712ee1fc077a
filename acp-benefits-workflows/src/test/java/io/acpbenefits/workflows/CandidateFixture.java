package io.acpbenefits.workflows;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.Policies;
import io.acpbenefits.certificate.BindingPolicy;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.IdPair;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Beside what {@link ProcessFixture} has: the members ann and bob, ann's ids, and two codes. */
final class CandidateFixture implements BeforeEachCallback, AfterAllCallback {

  static final String AWAIT_RECORD = "EventGateway_AwaitRecord";

  final ProcessFixture flow;
  Actor.Account ann;
  Actor.Account bob;
  IdPair ids = new IdPair("none", "none yet");

  CandidateFixture() {
    this(BindingPolicy.DEFAULT);
  }

  CandidateFixture(BindingPolicy policy) {
    this(Policies.DEFAULT.with(policy));
  }

  CandidateFixture(Policies policies) {
    flow = ProcessFixture.with(policies);
    ann = flow.account("ann");
    bob = flow.account("bob");
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    flow.beforeEach(context);
    ids = pair("ann");
    ann = flow.member("ann");
    bob = flow.member("bob");
    flow.stock(2);
    benefits().applications().apply(flow.olga, flow.acme, flow.cloud, 2);
    flow.time.runDueJobs();
    forgetInstances();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    flow.afterAll(context);
  }

  AcpBenefits benefits() {
    return flow.benefits;
  }

  void forgetInstances() {
    flow.forgetInstances();
    flow.told.clear();
  }

  void waitsAt(String activity) {
    flow.waitsAt(activity);
  }

  long open() {
    return flow.openInstances();
  }

  IdPair pair(String whose) {
    return new IdPair("C-" + whose + "-" + flow.cloud, "R-" + whose + "-" + flow.cloud);
  }

  ExamCode assign() {
    return benefits().examCodes().assign(flow.olga, flow.acme, flow.cloud, ann.id());
  }

  ExamRegistration registerWithCode(Instant appointment, @Nullable IdPair shown) {
    return benefits()
        .registrations()
        .registerWithCode(ann, flow.cloud, null, Delivery.TEST_CENTER, appointment, shown);
  }

  ExamRegistration registerSelfPaid(Instant appointment, @Nullable IdPair shown) {
    return benefits()
        .registrations()
        .registerSelfPaid(ann, flow.cloud, Delivery.ONLINE, appointment, shown);
  }

  void record(IdPair pair, ExamOutcome outcome) {
    benefits()
        .examRecords()
        .receive(
            Actor.system(), new ExamRecordLine(pair, flow.cloud, flow.now(), outcome, null, null));
  }

  /** A pass that core knows, and with it the binding, but of which no process hears. */
  void recordUnheard(IdPair pair) {
    try (AcpBenefits apart = flow.apart()) {
      apart
          .examRecords()
          .receive(
              Actor.system(),
              new ExamRecordLine(pair, flow.cloud, flow.now(), ExamOutcome.PASS, null, null));
    }
  }

  /** The feed names the code that ann was given. */
  void recordWithCode(IdPair pair, ExamOutcome outcome) {
    ExamCode code =
        benefits().examCodes().openCode(Actor.system(), ann.id(), flow.cloud).orElseThrow();
    benefits()
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(
                pair,
                flow.cloud,
                flow.now(),
                outcome,
                null,
                benefits().examCodes().reveal(ann, code.codeId())));
  }

  CertificateBinding submit(IdPair pair) {
    return benefits().bindings().submit(ann, flow.cloud, pair);
  }

  CertificateBinding binding() {
    return benefits()
        .bindings()
        .ofAccount(Actor.system(), ann.id(), PageRequest.first(99))
        .items()
        .stream()
        .filter(binding -> binding.examId().equals(flow.cloud))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }
}
