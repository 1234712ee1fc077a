package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.CertificateBindingProcess.ACCOUNT_KEY;
import static io.acpbenefits.workflows.CertificateBindingProcess.ATTEMPT_STATE;
import static io.acpbenefits.workflows.CertificateBindingProcess.BINDING_ID;
import static io.acpbenefits.workflows.CertificateBindingProcess.BINDING_SUBMITTED;
import static io.acpbenefits.workflows.CertificateBindingProcess.CHECK_DECISION;
import static io.acpbenefits.workflows.CertificateBindingProcess.CHECK_LAPSES_AT;
import static io.acpbenefits.workflows.CertificateBindingProcess.EXAM_ID;
import static io.acpbenefits.workflows.CertificateBindingProcess.KEY;
import static io.acpbenefits.workflows.CertificateBindingProcess.MATCH_RESULT;
import static io.acpbenefits.workflows.CertificateBindingProcess.SYNC_WINDOW_ENDS_AT;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.certificate.BindingId;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.Candidacy;
import io.acpbenefits.certificate.Candidate;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.certificate.CertificateBindings;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.notification.Notice;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/** What the diagram {@code exam-to-certificate-binding} calls. */
final class CertificateBindingDelegates {

  private final Embedding embedding;
  private final Instances instances;

  CertificateBindingDelegates(Embedding embedding) {
    this.embedding = embedding;
    this.instances = new Instances(embedding, KEY);
  }

  void register(Delegates delegates) {
    delegates
        .task("acpAssessAttempt", this::assess)
        .task("acpAskToBind", this::askToBind)
        .task("acpMatchExamRecord", this::match)
        .task("acpLastTry", this::lastTry)
        .task("acpAskToCheckIds", this::askToCheckIds)
        .task("acpLapseBinding", this::lapse)
        .task("acpTellCandidate", this::tellCandidate)
        .taskListener("acpCheckIdsDecision", this::decide);
  }

  private CertificateBindings bindings() {
    return embedding.benefits().bindings();
  }

  private void assess(DelegateExecution execution) {
    Scope.set(execution, ATTEMPT_STATE, stateOf(execution));
  }

  /** Locks the account, so that nothing moves between this look and the wait that follows it. */
  private String stateOf(DelegateExecution execution) {
    AccountId account = account(execution);
    embedding.benefits().accounts().lock(Actor.system(), account);
    CertificateBinding submitted = submitted(execution);
    if (submitted != null && submitted.state() != BindingState.FAILED) {
      return Candidacy.State.BINDING_SUBMITTED.name();
    }
    Candidacy candidacy =
        embedding
            .benefits()
            .candidacies()
            .of(Actor.system(), account, ExamId.of(Scope.text(execution, EXAM_ID)));
    if (candidacy.bindingId() != null) {
      Scope.set(execution, BINDING_ID, candidacy.bindingId().value());
    }
    return candidacy.state().name();
  }

  /** The binding of the pass that the candidate was to be asked about, if it was bound already. */
  private Optional<CertificateBinding> boundMeanwhile(DelegateExecution execution) {
    AcpBenefits benefits = embedding.benefits();
    AccountId account = account(execution);
    return benefits
        .examRecords()
        .of(Actor.system(), account, ExamId.of(Scope.text(execution, EXAM_ID)))
        .stream()
        .filter(found -> found.outcome() == ExamOutcome.PASS)
        .reduce((earlier, later) -> later)
        .flatMap(passed -> benefits.certificates().byRecord(Actor.system(), passed.recordId()))
        .flatMap(
            certificate ->
                bindings().thatBound(Actor.system(), account, certificate.certificateId()));
  }

  private AccountId account(VariableScope scope) {
    return embedding.benefits().accounts().byKey(Actor.system(), Scope.text(scope, ACCOUNT_KEY));
  }

  private @Nullable CertificateBinding submitted(VariableScope scope) {
    String id = Scope.optionalText(scope, BINDING_ID);
    return id == null ? null : bindings().get(Actor.system(), BindingId.of(id));
  }

  private CertificateBinding binding(VariableScope scope) {
    return bindings().get(Actor.system(), bindingId(scope));
  }

  private static BindingId bindingId(VariableScope scope) {
    return BindingId.of(Scope.text(scope, BINDING_ID));
  }

  private void askToBind(DelegateExecution execution) {
    String state = stateOf(execution);
    if (state.equals(Candidacy.State.OVER.name())) {
      Optional<CertificateBinding> bound = boundMeanwhile(execution);
      if (bound.isPresent()) {
        Scope.set(execution, BINDING_ID, bound.get().bindingId().value());
        state = Candidacy.State.BINDING_SUBMITTED.name();
      }
    }
    Scope.set(execution, ATTEMPT_STATE, state);
    Scope.set(execution, BINDING_SUBMITTED, state.equals(Candidacy.State.BINDING_SUBMITTED.name()));
    if (state.equals(Candidacy.State.PASSED.name())) {
      embedding.notify(
          Notice.Kind.BIND_CERTIFICATE, execution.getProcessBusinessKey(), instance(execution));
    }
  }

  private static String instance(DelegateExecution execution) {
    return execution.getProcessInstanceId();
  }

  private void match(DelegateExecution execution) {
    result(execution, bindings().match(Actor.system(), bindingId(execution)));
  }

  private void lastTry(DelegateExecution execution) {
    result(execution, bindings().lastTry(Actor.system(), bindingId(execution)));
  }

  private static void result(DelegateExecution execution, CertificateBinding binding) {
    Scope.set(execution, MATCH_RESULT, binding.state().name());
    Scope.set(execution, SYNC_WINDOW_ENDS_AT, binding.windowEndsAt());
  }

  private void askToCheckIds(DelegateExecution execution) {
    CertificateBinding binding = bindings().match(Actor.system(), bindingId(execution));
    result(execution, binding);
    Instant since = binding.checkIdsSince();
    if (binding.state() == BindingState.CHECK_IDS && since != null) {
      Scope.set(execution, CHECK_LAPSES_AT, since.plus(bindings().policy().checkIds()));
      embedding.notify(Notice.Kind.CHECK_IDS, binding.bindingId().value(), since.toString());
    }
  }

  private void lapse(DelegateExecution execution) {
    bindings().lapseIfDue(Actor.system(), bindingId(execution));
  }

  private void tellCandidate(DelegateExecution execution) {
    beginNext(execution);
    CertificateBinding binding = submitted(execution);
    if (binding == null) {
      embedding.notify(
          Notice.Kind.ATTEMPT_ENDED, execution.getProcessBusinessKey(), instance(execution));
      return;
    }
    boolean bound = binding.state() == BindingState.BOUND;
    embedding.notify(
        bound ? Notice.Kind.CERTIFICATE_BOUND : Notice.Kind.BINDING_FAILED,
        binding.bindingId().value(),
        "");
  }

  /**
   * What was assigned, registered or submitted while this instance had only to tell how it ended
   * found it open, and so began nothing.
   */
  private void beginNext(DelegateExecution execution) {
    AccountId account = account(execution);
    ExamId exam = ExamId.of(Scope.text(execution, EXAM_ID));
    embedding.benefits().accounts().lock(Actor.system(), account);
    AttemptCounterpart.begin(
        embedding.benefits(),
        instances,
        new Candidate(Scope.text(execution, ACCOUNT_KEY), account, exam));
  }

  private void decide(DelegateTask task) {
    Actor actor = embedding.actor();
    String decision = Scope.decision(task, Set.of("corrected", "give-up"));
    CertificateBinding binding = binding(task);
    if (actor instanceof Actor.Account && !actor.is(binding.accountId())) {
      throw new Refusal(Reason.NOT_PERMITTED, "Only the candidate checks the ids of a binding.");
    }
    if (decision.equals("give-up")) {
      bindings().giveUp(actor, binding.bindingId());
    } else if (binding.state() == BindingState.CHECK_IDS) {
      throw new Refusal(
          Reason.ILLEGAL_STATE,
          "The ids are not corrected yet: correct them in the binding, which completes this task.");
    }
    Scope.set(task, CHECK_DECISION, decision);
  }
}
