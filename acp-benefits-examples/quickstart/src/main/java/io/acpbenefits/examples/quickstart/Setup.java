package io.acpbenefits.examples.quickstart;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examples.quickstart.input.BadInput;
import io.acpbenefits.examples.quickstart.input.ExamRow;
import io.acpbenefits.examples.quickstart.input.JourneyFolder;
import io.acpbenefits.examples.quickstart.input.PartnerRow;
import io.acpbenefits.examples.quickstart.input.Problem;
import io.acpbenefits.examples.quickstart.input.QuotaRow;
import io.acpbenefits.examples.quickstart.input.StockCode;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.secret.KeyRing;
import java.util.List;

/** Brings partners, exams, quotas and the stock of codes into the library, each once. */
final class Setup {

  private static final Actor PLATFORM = Actor.operator("quickstart");

  private final AcpBenefits benefits;
  private final Played played;
  private String file = "";
  private int line;

  Setup(AcpBenefits benefits, Played played) {
    this.benefits = benefits;
    this.played = played;
  }

  /** One transaction: all of it or nothing. */
  void prepare(JourneyFolder folder, KeyRing keys) {
    try {
      benefits.inTransaction(
          () -> {
            KeyCheck.of(keys).forEach(key -> once(key, () -> {}));
            folder.partners().forEach(row -> once(Masters.of(row), () -> add(row)));
            folder.exams().forEach(row -> once(Masters.of(row), () -> add(row)));
            folder.quotas().forEach(row -> once(Masters.of(row), () -> add(row)));
            folder.stock().forEach(this::add);
            return true;
          });
    } catch (Refusal refusal) {
      // Told outside the transaction: an engine logs what is not a refusal as its own failure.
      throw doesNotFit(refusal);
    }
  }

  private void once(Masters.Master master, Runnable addition) {
    if (!played.knows(master)) {
      bringing(master.file(), master.line());
      addition.run();
      benefits.withConnection(
          connection -> {
            played.add(connection, master);
            return true;
          });
    }
  }

  private void bringing(String fileOfIt, int lineOfIt) {
    this.file = fileOfIt;
    this.line = lineOfIt;
  }

  /** What the files alone do not show: that it does not go with what was played before. */
  private BadInput doesNotFit(Refusal refusal) {
    String sentence = String.valueOf(refusal.getMessage());
    String why = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return new BadInput(
        List.of(
            new Problem(
                file,
                line,
                1,
                null,
                "something that goes with what is in the database",
                "that it does not: " + why)));
  }

  private void add(PartnerRow row) {
    PartnerId id = PartnerId.of(row.partnerId());
    benefits.partners().register(PLATFORM, id, row.name(), row.tier());
    benefits.organizations().establish(PLATFORM, id, AccountId.of(row.mainAccount()));
  }

  private void add(ExamRow row) {
    benefits
        .exams()
        .add(
            PLATFORM,
            new Exam(
                ExamId.of(row.examId()),
                row.name(),
                ExamLevel.valueOf(row.level().name()),
                row.certificateType(),
                row.instructionsUrl(),
                row.endOfSale(),
                row.endOfLife()));
  }

  private void add(QuotaRow row) {
    benefits
        .quotas()
        .grant(
            PLATFORM,
            PartnerId.of(row.partnerId()),
            ExamLevel.valueOf(row.level().name()),
            row.quantity(),
            row.validFrom(),
            row.validUntil());
  }

  /** Codes that are in stock already are left alone. */
  private void add(StockCode code) {
    bringing("issued-codes.txt", code.line());
    benefits
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(
            Actor.system(), ExamId.of(code.examId()), List.of(CodeText.parse(code.code())));
  }
}
