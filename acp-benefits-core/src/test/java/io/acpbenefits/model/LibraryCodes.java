package io.acpbenefits.model;

import static io.acpbenefits.model.Library.actor;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.partner.PartnerId;

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
  public String assign(String who, String partner, String exam, String account) {
    return handles.of(
        benefits
            .examCodes()
            .assign(actor(who), PartnerId.of(partner), ExamId.of(exam), AccountId.of(account))
            .codeId());
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
}
