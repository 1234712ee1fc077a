package io.acpbenefits.model;

import static io.acpbenefits.model.Library.actor;
import static io.acpbenefits.model.LibraryBenefits.WHY;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.CodeInterventions.Decision;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Exam codes in the hands of a partner, by the library. */
final class LibraryCodes implements Programme.Codes {

  private final AcpBenefits benefits;
  private final Handles handles;

  LibraryCodes(AcpBenefits benefits, Handles handles) {
    this.benefits = benefits;
    this.handles = handles;
  }

  private ExamCodeId id(String code) {
    return handles.id(code, ExamCodeId.class, ExamCodeId::of);
  }

  @Override
  public String assign(
      String who, String partner, String exam, String account, @Nullable String key) {
    return handles.of(
        benefits
            .examCodes()
            .assign(
                actor(who),
                PartnerId.of(partner),
                ExamId.of(exam),
                AccountId.of(account),
                key == null ? null : RequestKey.of(key))
            .codeId());
  }

  @Override
  public String assignThis(String who, String code, String account) {
    benefits.examCodes().assign(actor(who), id(code), AccountId.of(account));
    return Programme.DONE;
  }

  @Override
  public String giveBack(String who, String code) {
    benefits.examCodes().giveBack(actor(who), id(code));
    return Programme.DONE;
  }

  @Override
  public String reveal(String who, String code) {
    return benefits.examCodes().reveal(actor(who), id(code)).value();
  }

  @Override
  public String reinstate(String who, String code) {
    benefits.codeInterventions().reinstate(actor(who), id(code), WHY);
    return Programme.DONE;
  }

  @Override
  public String extend(String who, String code, Instant until) {
    benefits.codeInterventions().extend(actor(who), id(code), until, WHY);
    return Programme.DONE;
  }

  @Override
  public String revoke(String who, String code) {
    benefits.codeInterventions().revoke(actor(who), id(code), WHY);
    return Programme.DONE;
  }

  @Override
  public String release(String who, String code) {
    benefits.codeInterventions().release(actor(who), id(code), WHY);
    return Programme.DONE;
  }

  @Override
  public String decide(String who, String code, boolean revoke) {
    benefits
        .codeInterventions()
        .decide(actor(who), id(code), revoke ? Decision.REVOKE : Decision.LEAVE, WHY);
    return Programme.DONE;
  }

  @Override
  public String toDecide(String who, String partner) {
    return benefits
        .codeInterventions()
        .codesToDecide(actor(who), PartnerId.of(partner), Library.ALL)
        .items()
        .stream()
        .map(code -> handles.of(code.codeId()))
        .collect(Collectors.joining(" "));
  }
}
