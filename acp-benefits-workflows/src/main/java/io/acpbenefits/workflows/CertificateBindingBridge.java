package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.CertificateBindingProcess.ACCOUNT_KEY;
import static io.acpbenefits.workflows.CertificateBindingProcess.BINDING_ID;
import static io.acpbenefits.workflows.CertificateBindingProcess.CHECK_DECISION;
import static io.acpbenefits.workflows.CertificateBindingProcess.EXAM_ID;
import static io.acpbenefits.workflows.CertificateBindingProcess.KEY;
import static io.acpbenefits.workflows.CertificateBindingProcess.MESSAGE_ATTEMPT_ENDED;
import static io.acpbenefits.workflows.CertificateBindingProcess.MESSAGE_BINDING_SUBMITTED;
import static io.acpbenefits.workflows.CertificateBindingProcess.MESSAGE_CERTIFICATE_GONE;
import static io.acpbenefits.workflows.CertificateBindingProcess.MESSAGE_CODE_ASSIGNED;
import static io.acpbenefits.workflows.CertificateBindingProcess.MESSAGE_EXAM_PASSED;
import static io.acpbenefits.workflows.CertificateBindingProcess.MESSAGE_EXAM_REGISTERED;
import static io.acpbenefits.workflows.CertificateBindingProcess.MESSAGE_RECORD_ARRIVED;
import static io.acpbenefits.workflows.CertificateBindingProcess.MESSAGE_UNANNOUNCED;
import static io.acpbenefits.workflows.CertificateBindingProcess.TASK_CHECK_IDS;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.certificate.BindingChanged;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.CertificateChanged;
import io.acpbenefits.certificate.CertificateId;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeChanged;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamRecordId;
import io.acpbenefits.examrecord.ExamRecordReceived;
import io.acpbenefits.registration.ExamRegistered;
import io.acpbenefits.registration.ExamRegistrationChanged;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts and moves {@code exam-to-certificate-binding}, of which each account has at most one open
 * instance for an exam. What moves it is not the event as such but where core says the account
 * stands after it.
 */
final class CertificateBindingBridge implements DomainEventListener {

  private final Embedding embedding;
  private final Instances instances;

  CertificateBindingBridge(Embedding embedding) {
    this.embedding = embedding;
    this.instances = new Instances(embedding, KEY);
  }

  @Override
  public void on(DomainEvent event) {
    if (event instanceof BindingChanged changed) {
      bindingMoved(changed);
      if (changed.to() == BindingState.BOUND) {
        goneForAnother(changed);
      }
    } else if (event instanceof ExamCodeChanged code && code.holder() != null) {
      // Freed codes come back while their attempt is under way; reinstated ones begin another.
      boolean assigned =
          code.to() == ExamCodeState.ASSIGNED && code.from() != ExamCodeState.RESERVED;
      moved(code.holder(), code.examId(), assigned ? MESSAGE_CODE_ASSIGNED : null);
    } else if (event instanceof ExamRegistered registered) {
      moved(registered.accountId(), registered.examId(), MESSAGE_EXAM_REGISTERED);
    } else if (event instanceof ExamRegistrationChanged registration) {
      moved(registration.accountId(), registration.examId(), null);
    } else if (event instanceof ExamRecordReceived arrived && arrived.accountId() != null) {
      moved(arrived.accountId(), arrived.examId(), null);
    } else if (event instanceof CertificateChanged changed
        && changed.from() != null
        && changed.accountId() == null) {
      goneUnbound(changed);
    }
  }

  /** A candidate may have been asked to bind what is suspended, revoked or expired now. */
  private void goneUnbound(CertificateChanged changed) {
    AcpBenefits benefits = embedding.benefits();
    ExamRecordId record =
        benefits.certificates().get(Actor.system(), changed.certificateId()).recordId();
    AccountId account = benefits.examRecords().get(Actor.system(), record).accountId();
    if (account != null) {
      moved(account, changed.examId(), null);
    }
  }

  private void moved(AccountId account, ExamId exam, @Nullable String startMessage) {
    String accountKey = embedding.benefits().accounts().lock(Actor.system(), account);
    String businessKey = businessKey(accountKey, exam);
    if (startMessage != null && instances.find(businessKey).isEmpty()) {
      instances.start(startMessage, businessKey, variables(accountKey, exam));
      return;
    }
    follow(instances.waiting(businessKey), account, exam);
  }

  private void follow(List<String> instance, AccountId account, ExamId exam) {
    if (instance.isEmpty()) {
      return;
    }
    switch (embedding.benefits().candidacies().of(Actor.system(), account, exam).state()) {
      case PASSED -> instances.deliver(instance, MESSAGE_EXAM_PASSED, Map.of());
      case OVER -> {
        if (!instances.deliver(instance, MESSAGE_ATTEMPT_ENDED, Map.of())) {
          instances.deliver(instance, MESSAGE_CERTIFICATE_GONE, Map.of());
        }
      }
      case UNDER_WAY, BINDING_SUBMITTED -> {}
    }
  }

  private void bindingMoved(BindingChanged changed) {
    String accountKey = embedding.benefits().accounts().lock(Actor.system(), changed.accountId());
    String businessKey = businessKey(accountKey, changed.examId());
    Map<String, Object> binding = Map.of(BINDING_ID, changed.bindingId().value());
    if (changed.from() == null && instances.find(businessKey).isEmpty()) {
      instances.start(
          MESSAGE_UNANNOUNCED,
          businessKey,
          Map.of(
              ACCOUNT_KEY,
              accountKey,
              EXAM_ID,
              changed.examId().value(),
              BINDING_ID,
              changed.bindingId().value()));
      return;
    }
    List<String> instance = instances.waiting(businessKey);
    if (!completed(instance, changed)
        && !instances.deliver(instance, MESSAGE_BINDING_SUBMITTED, binding)) {
      instances.deliver(instance, MESSAGE_RECORD_ARRIVED, Map.of());
    }
  }

  /** A record may have been known to be one account's, and another bound its certificate. */
  private void goneForAnother(BindingChanged bound) {
    AcpBenefits benefits = embedding.benefits();
    CertificateId certificate =
        benefits.bindings().get(Actor.system(), bound.bindingId()).certificateId();
    benefits.certificates().ofAccount(Actor.system(), bound.accountId()).stream()
        .filter(held -> held.certificateId().equals(certificate))
        .map(held -> benefits.examRecords().get(Actor.system(), held.recordId()).accountId())
        .filter(Objects::nonNull)
        .filter(account -> !account.equals(bound.accountId()))
        .forEach(account -> moved(account, bound.examId(), null));
  }

  /** What ends the checking of ids by a person's act completes the task that asks for it. */
  private boolean completed(List<String> instance, BindingChanged changed) {
    if (changed.from() != BindingState.CHECK_IDS) {
      return false;
    }
    return switch (changed.to()) {
      case AWAITING_DATA -> complete(instance, "corrected");
      case FAILED -> complete(instance, "give-up");
      case SUBMITTED, BOUND, CHECK_IDS -> false;
    };
  }

  private boolean complete(List<String> instance, String decision) {
    return instances.complete(instance, TASK_CHECK_IDS, Map.of(CHECK_DECISION, decision));
  }

  private static String businessKey(String accountKey, ExamId exam) {
    return accountKey + ":" + exam;
  }

  private static Map<String, Object> variables(String accountKey, ExamId exam) {
    return Map.of(ACCOUNT_KEY, accountKey, EXAM_ID, exam.value());
  }
}
