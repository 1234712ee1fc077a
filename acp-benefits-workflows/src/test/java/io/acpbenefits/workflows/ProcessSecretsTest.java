package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.ProcessFixture.OPERATOR;
import static io.acpbenefits.workflows.ProcessFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.Policies;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.invitation.ApplicationForm;
import io.acpbenefits.invitation.FormField;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationPolicy;
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

  @RegisterExtension
  static final CandidateFixture on =
      new CandidateFixture(
          Policies.DEFAULT.with(
              InvitationPolicy.DEFAULT.withForm(
                  ApplicationForm.of(FormField.required("name", "Name")))));

  private final List<String> secrets = new ArrayList<>();

  /** What stood in the tables at one time or another. */
  private final StringBuilder seen = new StringBuilder();

  private void look() {
    EngineTables tables = EngineTables.of(on.flow.processes());
    assertThat(tables.tables()).isGreaterThan(40);
    seen.append(tables.text());
  }

  private static void as(Actor.Account account, Runnable work) {
    on.flow.as(account.id().value(), work);
  }

  private void wholeJourney() {
    ProcessFixture flow = on.flow;
    Actor.Account cora = flow.account("cora");
    as(flow.olga, () -> on.benefits().applications().apply(flow.olga, flow.acme, flow.cloud, 3));
    flow.time.advanceBy(Duration.ofDays(10));
    look();
    flow.complete(OPERATOR, "cancel");
    as(
        flow.olga,
        () -> {
          Invitation invitation =
              on.benefits().invitations().invite(flow.olga, flow.organization, cora.id());
          InvitationToken token =
              on.benefits().invitations().token(Actor.system(), invitation.invitationId());
          secrets.add(token.value());
          as(cora, () -> on.benefits().joinRequests().submit(cora, token, Map.of("name", "Cora")));
        });
    look();
    assertThat(refusal(() -> flow.complete(cora, "approve"))).isEqualTo(Reason.NOT_PERMITTED);
    flow.complete(flow.olga, "approve");
    secrets.add(on.benefits().invitations().copyLink(flow.olga, flow.organization).value());
    as(flow.olga, on::assign);
    for (ExamCode code :
        on.benefits()
            .examCodes()
            .ofPartner(flow.olga, flow.acme, CodeFilter.ALL, PageRequest.first(9))
            .items()) {
      secrets.add(on.benefits().examCodes().reveal(flow.olga, code.codeId()).value());
    }
    as(on.ann, () -> on.registerWithCode(flow.now().plus(Duration.ofDays(1)), null));
    IdPair wrong = on.pair("wrong");
    as(on.ann, () -> on.submit(wrong));
    flow.time.advanceBy(Duration.ofDays(5));
    look();
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
    look();
    // A task that fails keeps why, as does its incident: nobody may be named there either.
    as(
        on.flow.olga,
        () -> on.benefits().applications().apply(on.flow.olga, on.flow.acme, on.flow.cloud, 1));
    on.benefits().partners().suspend(Actor.system(), on.flow.acme, "asked for");
    on.flow.time.advanceBy(Duration.ofDays(1));
    assertThat(on.flow.incidents()).isEqualTo(1);
    look();

    assertThat(seen)
        .contains(on.binding().bindingId().value(), "EndEvent_Admitted", "PARTNER_SUSPENDED")
        .contains("EndEvent_ApplicationCanceledAfterFailure");
    assertThat(secrets).hasSizeGreaterThan(8);
    assertThat(secrets).allSatisfy(secret -> assertThat(seen).doesNotContain(secret));
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
