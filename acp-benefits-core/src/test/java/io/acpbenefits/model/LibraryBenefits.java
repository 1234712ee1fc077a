package io.acpbenefits.model;

import static io.acpbenefits.model.Library.actor;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.application.BenefitApplication;
import io.acpbenefits.application.BenefitApplicationId;
import io.acpbenefits.application.BenefitApplicationState;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Partners, the catalogue, quotas and benefit applications, by the library. */
final class LibraryBenefits implements Programme.Benefits {

  private static final String WHY = "the driver wants it";

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
  public String addExam(
      String who, String exam, String level, @Nullable Instant sale, @Nullable Instant life) {
    benefits
        .exams()
        .add(
            actor(who),
            new Exam(ExamId.of(exam), exam, ExamLevel.valueOf(level), null, null, sale, life));
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
      Instant until) {
    handles.put(
        quota,
        benefits
            .quotas()
            .grant(
                actor(who), PartnerId.of(partner), ExamLevel.valueOf(level), quantity, from, until)
            .quotaId());
    return quota;
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
    return made(
        application,
        benefits
            .applications()
            .draft(actor(who), PartnerId.of(partner), ExamId.of(exam), quantity));
  }

  @Override
  public String apply(String application, String who, String partner, String exam, int quantity) {
    return made(
        application,
        benefits
            .applications()
            .apply(actor(who), PartnerId.of(partner), ExamId.of(exam), quantity));
  }

  private String made(String handle, BenefitApplication application) {
    handles.put(handle, application.applicationId());
    return application.state().name();
  }

  private BenefitApplicationId id(String application) {
    return handles.id(application, BenefitApplicationId.class, BenefitApplicationId::of);
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
