package io.acpbenefits.workflows;

import static io.acpbenefits.workflows.CertificateBindingProcess.ACCOUNT_KEY;
import static io.acpbenefits.workflows.CertificateBindingProcess.BINDING_ID;
import static io.acpbenefits.workflows.CertificateBindingProcess.EXAM_ID;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.certificate.BindingId;
import io.acpbenefits.certificate.Candidacy;
import io.acpbenefits.certificate.Candidate;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.ExamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whoever holds a code, is booked or has submitted a binding has one instance for the exam; whoever
 * has passed may have one.
 */
final class AttemptCounterpart implements Counterpart {

  private final Embedding embedding;
  private final Instances instances;

  AttemptCounterpart(Embedding embedding) {
    this.embedding = embedding;
    this.instances = new Instances(embedding, process());
  }

  @Override
  public String process() {
    return CertificateBindingProcess.KEY;
  }

  @Override
  public List<Function<PageRequest, Page<String>>> open() {
    return List.of(
        page -> {
          Page<Candidate> found = embedding.benefits().candidacies().open(Actor.system(), page);
          return new Page<>(
              found.items().stream().map(c -> c.accountKey() + ":" + c.examId()).toList(),
              found.next());
        });
  }

  @Override
  public Standing standing(String businessKey) {
    return candidate(businessKey)
        .map(it -> candidacy(embedding.benefits(), it).state())
        .map(state -> Standing.of(state != Candidacy.State.OVER, state))
        .orElse(Standing.UNKNOWN);
  }

  private Optional<Candidate> candidate(String businessKey) {
    String[] parts = businessKey.split(":", 2);
    if (parts.length < 2) {
      return Optional.empty();
    }
    try {
      AccountId account = embedding.benefits().accounts().byKey(Actor.system(), parts[0]);
      return Optional.of(new Candidate(parts[0], account, ExamId.of(parts[1])));
    } catch (Refusal none) {
      return Optional.empty();
    }
  }

  private static Candidacy candidacy(AcpBenefits benefits, Candidate candidate) {
    return benefits.candidacies().of(Actor.system(), candidate.accountId(), candidate.examId());
  }

  @Override
  public void lock(String businessKey) {
    candidate(businessKey)
        .ifPresent(it -> embedding.benefits().accounts().lock(Actor.system(), it.accountId()));
  }

  @Override
  public void begin(String businessKey) {
    begin(embedding.benefits(), instances, candidate(businessKey).orElseThrow());
  }

  /** Does nothing if the candidate is not on the way to anything. */
  static void begin(AcpBenefits benefits, Instances instances, Candidate candidate) {
    Candidacy candidacy = candidacy(benefits, candidate);
    if (candidacy.state() == Candidacy.State.OVER) {
      return;
    }
    Map<String, Object> variables = new HashMap<>();
    variables.put(ACCOUNT_KEY, candidate.accountKey());
    variables.put(EXAM_ID, candidate.examId().value());
    String message = CertificateBindingProcess.MESSAGE_EXAM_REGISTERED;
    BindingId binding = candidacy.bindingId();
    if (binding != null) {
      variables.put(BINDING_ID, binding.value());
      message = CertificateBindingProcess.MESSAGE_UNANNOUNCED;
    } else if (benefits
        .examCodes()
        .openCode(Actor.system(), candidate.accountId(), candidate.examId())
        .isPresent()) {
      message = CertificateBindingProcess.MESSAGE_CODE_ASSIGNED;
    }
    instances.start(message, candidate.accountKey() + ":" + candidate.examId(), variables);
  }

  @Override
  public Names names(String businessKey, Map<String, Object> variables, boolean moving) {
    Optional<Candidate> candidate = candidate(businessKey);
    if (candidate.isEmpty()) {
      return Names.FINE;
    }
    Map<String, Object> right = new HashMap<>();
    right.putAll(Names.mustBe(ACCOUNT_KEY, candidate.get().accountKey(), variables).right());
    right.putAll(Names.mustBe(EXAM_ID, candidate.get().examId().value(), variables).right());
    Object named = variables.get(BINDING_ID);
    BindingId open = candidacy(embedding.benefits(), candidate.get()).bindingId();
    boolean wrong =
        named == null
            ? open != null && !moving
            : !Corrections.isBinding(embedding.benefits(), businessKey, named);
    if (wrong && open != null) {
      right.put(BINDING_ID, open.value());
    }
    return new Names(right, wrong && open == null ? Set.of(BINDING_ID) : Set.of());
  }
}
