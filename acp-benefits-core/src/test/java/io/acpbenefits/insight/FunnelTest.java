package io.acpbenefits.insight;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.insight.Funnel.Steps;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistration;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunnelTest {

  private static final PageRequest ALL = PageRequest.first(100);

  private final CoreFixture it = new CoreFixture();
  private final Instant from = it.start;

  private Funnel funnel() {
    List<ExamFunnel> lines =
        it.benefits
            .insights()
            .funnel(it.owner, it.acme, from, it.clock.instant().plusSeconds(1), ALL)
            .items();
    assertThat(lines).singleElement().extracting(ExamFunnel::examId).isEqualTo(it.cloud);
    return lines.get(0).funnel();
  }

  private void assertWithCode(long issued, long assigned, Steps steps) {
    assertThat(funnel()).isEqualTo(new Funnel(issued, assigned, steps, Steps.NONE));
  }

  private ExamRegistration books() {
    return it.benefits
        .registrations()
        .registerWithCode(
            new Actor.Account(it.ann),
            it.cloud,
            null,
            Delivery.ONLINE,
            it.in(Duration.ofDays(3)),
            null);
  }

  private void result(String code, ExamOutcome outcome) {
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(
                new IdPair("C-" + code, "R"),
                it.cloud,
                it.clock.instant(),
                outcome,
                null,
                CodeText.parse(code)));
  }

  @Test
  void aCodeGoesFromIssueToBinding() {
    it.quota(ExamLevel.ACP, 10);
    it.member(it.ann);
    it.codes("CODE-1", "CODE-2");
    assertWithCode(2, 0, Steps.NONE);
    it.assigned(it.ann);
    assertWithCode(2, 1, Steps.NONE);
    books();
    assertWithCode(2, 1, new Steps(1, 0, 0, 0));
    it.clock.advance(Duration.ofDays(3));
    result("CODE-1", ExamOutcome.PASS);
    assertWithCode(2, 1, new Steps(1, 1, 1, 0));
    it.benefits.bindings().submit(new Actor.Account(it.ann), it.cloud, new IdPair("C-CODE-1", "R"));
    assertWithCode(2, 1, new Steps(1, 1, 1, 1));
  }

  @Test
  void whatIsTakenBackIsNotCountedAnyMore() {
    var code = it.assignedToAnn("CODE-1");
    ExamRegistration booked = books();
    it.benefits.registrations().cancel(new Actor.Account(it.ann), booked.examRegistrationId());
    assertWithCode(1, 1, Steps.NONE);
    it.benefits.examCodes().giveBack(it.owner, code.codeId());
    assertWithCode(1, 0, Steps.NONE);
  }

  @Test
  void aNoShowWasBookedAndNotSat() {
    it.assignedToAnn("CODE-1");
    books();
    it.clock.advance(Duration.ofDays(3));
    result("CODE-1", ExamOutcome.NO_SHOW);
    assertWithCode(1, 1, new Steps(1, 0, 0, 0));
  }

  @Test
  void aResultWithoutABookingWasBookedAndSat() {
    it.assignedToAnn("CODE-1");
    result("CODE-1", ExamOutcome.FAIL);
    assertWithCode(1, 1, new Steps(1, 1, 0, 0));
  }

  @Test
  void aPassBelongsToTheSittingItCameFrom() {
    it.assignedToAnn("CODE-1");
    result("CODE-1", ExamOutcome.FAIL);
    it.clock.advance(Duration.ofDays(30));
    it.assignedToAnn("CODE-2");
    result("CODE-2", ExamOutcome.PASS);
    assertWithCode(2, 2, new Steps(2, 2, 1, 0));
    assertThat(
            it.benefits
                .insights()
                .funnel(it.owner, it.acme, from, from.plus(Duration.ofDays(1)), ALL)
                .items()
                .get(0)
                .funnel()
                .withCode())
        .as("the first code alone")
        .isEqualTo(new Steps(1, 1, 0, 0));
  }

  @Test
  void selfPaidExamsEnterAtTheBooking() {
    Actor.Account ann = it.member(it.ann);
    IdPair ids = new IdPair("C", "R");
    var appointment = it.in(Duration.ofDays(2));
    it.benefits
        .registrations()
        .registerSelfPaid(ann, it.cloud, Delivery.TEST_CENTER, appointment, ids);
    it.benefits
        .registrations()
        .registerSelfPaid(
            new Actor.Account(AccountId.of("zoe")),
            it.cloud,
            Delivery.TEST_CENTER,
            appointment,
            null);
    it.clock.advance(Duration.ofDays(2));
    it.record(ids, ExamOutcome.PASS);
    it.benefits.bindings().submit(ann, it.cloud, ids);
    assertThat(funnel()).isEqualTo(new Funnel(0, 0, Steps.NONE, new Steps(1, 1, 1, 1)));
    assertThat(funnel().all()).isEqualTo(new Steps(1, 1, 1, 1));
    it.benefits.organizations().quit(ann);
    assertThat(funnel().selfPaid().booked()).as("booked as a member").isOne();
  }

  @Test
  void onlyWhatBeganInThePeriodIsCounted() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("CODE-1");
    it.clock.advance(Duration.ofDays(1));
    it.codes("CODE-2");
    Instant second = it.clock.instant();
    Insights insights = it.benefits.insights();
    assertThat(insights.funnel(it.owner, it.acme, from, second, ALL).items().get(0).funnel())
        .isEqualTo(new Funnel(1, 0, Steps.NONE, Steps.NONE));
    assertThat(insights.funnelByLevel(it.owner, it.acme, from, second.plusSeconds(1)))
        .containsExactly(new LevelFunnel(ExamLevel.ACP, new Funnel(2, 0, Steps.NONE, Steps.NONE)));
    assertRefused(
        Reason.INVALID_INPUT, () -> insights.funnel(it.owner, it.acme, second, second, ALL));
  }
}
