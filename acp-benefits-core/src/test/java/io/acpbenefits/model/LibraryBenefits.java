package io.acpbenefits.model;

import static io.acpbenefits.model.Library.actor;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.application.BenefitApplication;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.application.BenefitApplications;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.quota.Quota;
import io.acpbenefits.quota.QuotaId;
import io.acpbenefits.quota.Quotas;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Partners, the catalogue, quotas and benefit applications, by the library. */
final class LibraryBenefits implements Programme.Benefits {

  static final String WHY = "the driver wants it";

  private final AcpBenefits benefits;
  private final Handles handles;

  LibraryBenefits(AcpBenefits benefits, Handles handles) {
    this.benefits = benefits;
    this.handles = handles;
  }

  @Override
  public String register(String who, String partner, String tier) {
    return benefits
        .partners()
        .register(actor(who), PartnerId.of(partner), partner, tier)
        .state()
        .name();
  }

  @Override
  public String suspend(String who, String partner) {
    benefits.partners().suspend(actor(who), PartnerId.of(partner), WHY);
    return Programme.DONE;
  }

  @Override
  public String reinstate(String who, String partner) {
    benefits.partners().reinstate(actor(who), PartnerId.of(partner), WHY);
    return Programme.DONE;
  }

  @Override
  public String terminate(String who, String partner) {
    benefits.partners().terminate(actor(who), PartnerId.of(partner), WHY);
    return Programme.DONE;
  }

  @Override
  public String addExam(
      String who, String exam, String level, @Nullable Instant sale, @Nullable Instant life) {
    benefits.exams().add(actor(who), exam(exam, ExamLevel.valueOf(level), sale, life));
    return Programme.DONE;
  }

  private static Exam exam(
      String id, ExamLevel level, @Nullable Instant sale, @Nullable Instant life) {
    return new Exam(ExamId.of(id), id, level, null, null, sale, life);
  }

  @Override
  public String changeExam(
      String who, String exam, @Nullable Instant sale, @Nullable Instant life) {
    ExamLevel level =
        benefits
            .exams()
            .find(Actor.system(), ExamId.of(exam))
            .map(Exam::level)
            .orElse(ExamLevel.ACP);
    benefits.exams().change(actor(who), exam(exam, level, sale, life));
    return Programme.DONE;
  }

  @Override
  public String grant(
      String quota,
      String who,
      String partner,
      String level,
      long quantity,
      Instant from,
      Instant until,
      @Nullable String key) {
    PartnerId whose = PartnerId.of(partner);
    ExamLevel of = ExamLevel.valueOf(level);
    Quotas quotas = benefits.quotas();
    Quota granted =
        key == null
            ? quotas.grant(actor(who), whose, of, quantity, from, until)
            : quotas.grant(actor(who), whose, of, quantity, from, until, RequestKey.of(key));
    return handles.putOrFind(quota, granted.quotaId());
  }

  private QuotaId quota(String quota) {
    return handles.id(quota, QuotaId.class, QuotaId::of);
  }

  @Override
  public String adjust(String who, String quota, long by) {
    benefits.quotas().adjust(actor(who), quota(quota), by, WHY);
    return Programme.DONE;
  }

  @Override
  public String suspendQuota(String who, String quota) {
    benefits.quotas().suspend(actor(who), quota(quota), WHY);
    return Programme.DONE;
  }

  @Override
  public String resumeQuota(String who, String quota) {
    benefits.quotas().resume(actor(who), quota(quota), WHY);
    return Programme.DONE;
  }

  @Override
  public String revokeQuota(String who, String quota) {
    benefits.quotas().revoke(actor(who), quota(quota), WHY);
    return Programme.DONE;
  }

  @Override
  public String check(String who) {
    return benefits.quotas().check(actor(who)).map(String::valueOf).orElse("none");
  }

  @Override
  public String stock(String who, String exam, List<String> codes) {
    return String.valueOf(
        benefits
            .embeddedBenefitCenter()
            .orElseThrow()
            .importStock(
                actor(who), ExamId.of(exam), codes.stream().map(CodeText::parse).toList()));
  }

  @Override
  public String draft(String application, String who, String partner, String exam, int quantity) {
    return handles.putOrFind(
        application,
        benefits
            .applications()
            .draft(actor(who), PartnerId.of(partner), ExamId.of(exam), quantity)
            .applicationId());
  }

  @Override
  public String apply(
      String application,
      String who,
      String partner,
      String exam,
      int quantity,
      @Nullable String key) {
    PartnerId whose = PartnerId.of(partner);
    ExamId of = ExamId.of(exam);
    BenefitApplications applications = benefits.applications();
    BenefitApplication made =
        key == null
            ? applications.apply(actor(who), whose, of, quantity)
            : applications.apply(actor(who), whose, of, quantity, RequestKey.of(key));
    return handles.putOrFind(application, made.applicationId());
  }

  private BenefitApplicationId id(String application) {
    return handles.id(application, BenefitApplicationId.class, BenefitApplicationId::of);
  }

  @Override
  public String revise(
      String who, String application, String exam, int quantity, @Nullable String key) {
    BenefitApplications applications = benefits.applications();
    ExamId of = ExamId.of(exam);
    if (key == null) {
      applications.revise(actor(who), id(application), of, quantity);
    } else {
      applications.revise(actor(who), id(application), of, quantity, RequestKey.of(key));
    }
    return Programme.DONE;
  }

  @Override
  public String submit(String who, String application) {
    return benefits.applications().submit(actor(who), id(application)).state().name();
  }

  @Override
  public String recall(String who, String application) {
    benefits.applications().recall(actor(who), id(application));
    return Programme.DONE;
  }

  @Override
  public String approve(String who, String application) {
    benefits.applications().approve(actor(who), id(application));
    return Programme.DONE;
  }

  @Override
  public String requireAction(String who, String application) {
    benefits.applications().requireAction(actor(who), id(application));
    return Programme.DONE;
  }

  @Override
  public String reject(String who, String application) {
    benefits.applications().reject(actor(who), id(application));
    return Programme.DONE;
  }

  @Override
  public String fulfil(String who, String application) {
    BenefitApplication done = benefits.applications().fulfil(actor(who), id(application));
    if (done.state() == BenefitApplicationState.FULFILLED) {
      for (ExamCode code :
          benefits.examCodes().ofApplication(Actor.system(), done.applicationId().value())) {
        handles.put(
            benefits.examCodes().reveal(Actor.system(), code.codeId()).value(), code.codeId());
      }
    }
    return Programme.DONE;
  }

  @Override
  public String postpone(String who, String application) {
    return String.valueOf(
        benefits
            .applications()
            .postpone(actor(who), id(application), Reason.OUT_OF_STOCK)
            .attempts());
  }

  @Override
  public String giveUp(String who, String application) {
    benefits.applications().giveUp(actor(who), id(application));
    return Programme.DONE;
  }

  @Override
  public String retry(String who, String application) {
    benefits.applications().retry(actor(who), id(application));
    return Programme.DONE;
  }

  @Override
  public String cancel(String who, String application) {
    benefits.applications().cancel(actor(who), id(application));
    return Programme.DONE;
  }
}
