package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.ProcessFixture.OPERATOR;
import static io.acpbenefits.workflows.ProcessFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationToken;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the engine keeps, and whom it obeys, when people are signed in to it. */
class ProcessSecretsTest {

  @RegisterExtension static final CandidateFixture on = new CandidateFixture();

  private final List<String> secrets = new ArrayList<>();

  private static void as(Actor.Account account, Runnable work) {
    on.flow.as(account.id().value(), work);
  }

  private void wholeJourney() {
    ProcessFixture flow = on.flow;
    Actor.Account cora = flow.account("cora");
    as(flow.olga, () -> on.benefits().applications().apply(flow.olga, flow.acme, flow.cloud, 3));
    flow.time.advanceBy(Duration.ofDays(10));
    flow.complete(OPERATOR, "cancel");
    as(
        flow.olga,
        () -> {
          Invitation invitation =
              on.benefits().invitations().invite(flow.olga, flow.organization, cora.id());
          InvitationToken token = on.benefits().invitations().token(invitation.invitationId());
          secrets.add(token.value());
          as(cora, () -> on.benefits().joinRequests().submit(cora, token, Map.of("name", "Cora")));
        });
    assertThat(refusal(() -> flow.complete(cora, "approve"))).isEqualTo(Reason.NOT_PERMITTED);
    flow.complete(flow.olga, "approve");
    secrets.add(on.benefits().invitations().copyLink(flow.olga, flow.organization).value());
    as(flow.olga, on::assign);
    for (ExamCode code : on.benefits().examCodes().ofPartner(flow.olga, flow.acme)) {
      secrets.add(on.benefits().examCodes().reveal(flow.olga, code.codeId()).value());
    }
    as(on.ann, () -> on.registerWithCode(flow.now().plus(Duration.ofDays(1)), null));
    IdPair wrong = on.pair("wrong");
    as(on.ann, () -> on.submit(wrong));
    flow.time.advanceBy(Duration.ofDays(5));
    assertThat(refusal(() -> flow.complete(on.bob, "give-up"))).isEqualTo(Reason.NOT_PERMITTED);
    as(on.ann, () -> on.benefits().bindings().correct(on.ann, on.binding().bindingId(), on.ids));
    on.record(on.ids, ExamOutcome.PASS);
    secrets.addAll(
        List.of(
            wrong.candidateId(),
            wrong.registrationId(),
            on.ids.candidateId(),
            on.ids.registrationId(),
            "Cora",
            "@example.org"));
  }

  @Test
  void noSecretAndNoPersonIsInAnyTableOfTheEngine() {
    wholeJourney();
    // Jobs that fail keep their exception, as do incidents: nobody may be named in those either.
    on.benefits().partners().suspend(Actor.system(), on.flow.acme);
    on.benefits().applications().ofPartner(on.flow.olga, on.flow.acme);
    on.flow.time.advanceBy(Duration.ofDays(1));

    EngineTables tables = EngineTables.of(on.flow.processes());

    assertThat(tables.tables()).isGreaterThan(40);
    assertThat(tables.text()).contains(on.binding().bindingId().value(), "EndEvent_Admitted");
    assertThat(secrets).hasSizeGreaterThan(8);
    assertThat(secrets).allSatisfy(secret -> assertThat(tables.text()).doesNotContain(secret));
    assertThat(on.flow.ends()).contains("EndEvent_CertificateBound");
  }

  @Test
  void whoMayInCoreMovesTheProcessWhateverTheEngineAllows() {
    ProcessEngineConfigurationImpl configuration =
        (ProcessEngineConfigurationImpl) on.flow.processes().getProcessEngineConfiguration();
    configuration.setAuthorizationEnabled(true);
    try {
      as(on.ann, () -> on.submit(on.ids));
      on.waitsAt(CandidateFixture.AWAIT_RECORD);
      as(on.bob, () -> on.record(on.ids, ExamOutcome.PASS));
      on.waitsAt("ServiceTask_TellBound");
    } finally {
      configuration.setAuthorizationEnabled(false);
    }
  }
}
