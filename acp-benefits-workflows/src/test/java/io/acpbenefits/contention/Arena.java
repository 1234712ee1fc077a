package io.acpbenefits.contention;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a round takes place on: a partner, its organization and an exam, of that round alone. */
record Arena(AcpBenefits benefits, String round) {

  static final Actor OPERATOR = Actor.operator("otto");

  static PartnerId partner(String round) {
    return PartnerId.of("partner-" + round);
  }

  static ExamId exam(String round) {
    return ExamId.of("exam-" + round);
  }

  static AccountId account(String round, Object name) {
    return AccountId.of("account-" + round + "-" + name);
  }

  OrganizationId open() {
    return open("");
  }

  /** One of several partners. */
  OrganizationId open(String which) {
    PartnerId partner = partner(round + which);
    benefits.partners().register(OPERATOR, partner, "Partner " + partner, "gold");
    return benefits
        .organizations()
        .establish(OPERATOR, partner, account(round, "owner" + which))
        .organizationId();
  }

  void exam() {
    ExamId exam = exam(round);
    benefits
        .exams()
        .add(OPERATOR, new Exam(exam, "Exam " + exam, ExamLevel.ACP, null, null, null, null));
  }

  void quota(long quantity) {
    benefits
        .quotas()
        .grant(
            OPERATOR,
            partner(round),
            ExamLevel.ACP,
            quantity,
            benefits.now(),
            benefits.now().plus(Duration.ofDays(365)));
  }

  void stock(int codes) {
    stock(codes, "C");
  }

  void stock(int codes, String series) {
    String prefix = round.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "") + series;
    List<CodeText> texts =
        IntStream.range(0, codes)
            .mapToObj(i -> CodeText.parse("%s%05d".formatted(prefix, i)))
            .toList();
    benefits.embeddedBenefitCenter().orElseThrow().importStock(OPERATOR, exam(round), texts);
  }

  /** Has the partner hold codes that are free. */
  void codes(int count) {
    quota(count);
    stock(count);
    var application = benefits.applications().apply(OPERATOR, partner(round), exam(round), count);
    benefits.applications().fulfil(OPERATOR, application.applicationId());
  }

  void member(OrganizationId organization, AccountId account) {
    benefits.organizations().admit(OPERATOR, organization, account, Role.MEMBER);
  }
}
