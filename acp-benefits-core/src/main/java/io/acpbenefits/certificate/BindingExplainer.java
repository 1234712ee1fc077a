package io.acpbenefits.certificate;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examrecord.ExamRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Puts into sentences where a binding stands. */
final class BindingExplainer {

  private static final String COMPARE = "compare it with what Pearson VUE shows.";

  private final ExamRecords records;
  private final KnownResults results;
  private final BindingPolicy policy;

  BindingExplainer(ExamRecords records, KnownResults results, BindingPolicy policy) {
    this.records = records;
    this.results = results;
    this.policy = policy;
  }

  BindingExplanation explain(CertificateBinding binding) {
    List<String> sentences = new ArrayList<>();
    switch (binding.state()) {
      case SUBMITTED, AWAITING_DATA -> {
        sentences.add(
            "No exam record with these two ids has been found yet; it is waited for until "
                + lastTryAt(binding)
                + ", and the certificate is bound as soon as it comes.");
        doubt(binding, sentences);
      }
      case CHECK_IDS -> {
        sentences.add(whyToCheck(binding));
        sentences.add(
            "The ids can be corrected until "
                + Objects.requireNonNull(binding.checkIdsSince()).plus(policy.checkIds())
                + "; then the binding fails. If the record comes before, the certificate is bound"
                + " all the same.");
        doubt(binding, sentences);
      }
      case BOUND ->
          sentences.add(
              "The certificate was bound for ever at "
                  + binding.boundAt()
                  + (binding.attributed()
                      ? " and is attributed to an organization."
                      : " and is attributed to no organization."));
      case FAILED ->
          sentences.add(
              "The binding was given up, or its ids were not corrected in time; to try again,"
                  + " submit anew.");
    }
    return new BindingExplanation(binding.bindingId(), sentences);
  }

  /** When the ids are to be checked if no record comes, counting the tries that are left. */
  private Instant lastTryAt(CertificateBinding binding) {
    int left = Math.max(0, policy.tries() - 1 - binding.tries());
    Duration more = policy.tryAgainAfter().multipliedBy(left);
    return binding.windowEndsAt().plus(more);
  }

  private static boolean isFound(CertificateBinding binding) {
    return binding.reason() == Reason.NOT_PASSED || binding.reason() == Reason.ALREADY_BOUND;
  }

  private static String whyToCheck(CertificateBinding binding) {
    if (binding.reason() == Reason.NOT_PASSED) {
      return "By the exam record with these two ids the exam was not passed, or its certificate was"
          + " taken back.";
    }
    return binding.reason() == Reason.ALREADY_BOUND
        ? "The certificate of these two ids is bound to an account already, which cannot be"
            + " altered."
        : "No exam record with these two ids was found in time.";
  }

  private void doubt(CertificateBinding binding, List<String> sentences) {
    sentences.add(
        isFound(binding)
            ? "If that is not your exam, an id is mistyped, or the record of yours is late: the two"
                + " look alike."
            : "A record that is late and an id that is mistyped look alike.");
    if (!isFound(binding) && results.areSwapped(binding.ids(), binding.examId())) {
      sentences.add(
          "Candidate ID and Registration ID stand in each other's place; swap them and submit"
              + " again.");
      return;
    }
    switch (records.halfMatch(Actor.system(), binding.ids(), binding.examId())) {
      case CANDIDATE_ID ->
          sentences.add(
              "The Candidate ID is known for this exam, with another Registration ID: the"
                  + " Registration ID may be mistyped; "
                  + COMPARE);
      case REGISTRATION_ID ->
          sentences.add(
              "The Registration ID is known for this exam, with another Candidate ID: the Candidate"
                  + " ID may be mistyped; "
                  + COMPARE);
      case BOTH ->
          sentences.add(
              "Each of the two ids is known for this exam, but not with the other: either may be"
                  + " mistyped; compare both with what Pearson VUE shows.");
      case NONE -> {}
    }
  }
}
