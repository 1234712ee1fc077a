package io.acpbenefits.insight;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.AllPages;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnusedCodesTest {

  private static final PageRequest ALL = PageRequest.first(100);
  private static final Duration A_MONTH = Duration.ofDays(30);

  private final CoreFixture it = new CoreFixture();
  private int sittings;

  private List<ExpiringCode> expiring(Duration within) {
    return it.benefits.insights().expiringCodes(it.owner, it.acme, within, 3, ALL).items();
  }

  private List<AccountId> suggested(ExamId exam) {
    return it.benefits.insights().suggestions(it.owner, it.acme, exam, ALL).items().stream()
        .map(Suggestion::member)
        .toList();
  }

  private void passesAndBinds(AccountId account, ExamId exam) {
    IdPair ids = new IdPair("C-" + ++sittings, "R");
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(ids, exam, it.clock.instant(), ExamOutcome.PASS, null, null));
    it.benefits.bindings().submit(new Actor.Account(account), exam, ids);
  }

  private AccountId joins(String name) {
    it.clock.advance(Duration.ofHours(1));
    return it.member(AccountId.of(name)).id();
  }

  @Test
  void onlyCodesThatExpireInTimeAreTold() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("EARLY-1", "EARLY-2");
    it.clock.advance(Duration.ofDays(10));
    it.codes("LATER-1");
    Instant end =
        AllPages.of(
                page -> it.benefits.examCodes().ofPartner(it.owner, it.acme, CodeFilter.ALL, page))
            .get(0)
            .expiresAt();
    it.clock.advance(Duration.between(it.clock.instant(), end).minus(Duration.ofDays(5)));

    assertThat(expiring(Duration.ofDays(5).minusSeconds(1))).isEmpty();
    assertThat(expiring(Duration.ofDays(5))).hasSize(2);
    assertThat(expiring(Duration.ofDays(15)))
        .extracting(ExpiringCode::expiresAt)
        .containsExactly(end, end, end.plus(Duration.ofDays(10)));
    it.clock.advance(Duration.ofDays(5));
    assertThat(expiring(Duration.ofDays(15))).as("expired, though not written").hasSize(1);
    it.benefits.settleDue();
    assertThat(expiring(Duration.ofDays(15))).hasSize(1);
  }

  @Test
  void anAssignedCodeNamesItsHolderAndSuggestsNobody() {
    ExamCode code = it.assignedToAnn("CODE-1");
    it.codes("CODE-2");
    AccountId cas = joins("cas");
    assertThat(expiring(Duration.ofDays(400)))
        .satisfiesExactly(
            assigned -> {
              assertThat(assigned.codeId()).isEqualTo(code.codeId());
              assertThat(assigned.state()).isEqualTo(ExamCodeState.ASSIGNED);
              assertThat(assigned.holder()).isEqualTo(it.ann);
              assertThat(assigned.suggestions()).isEmpty();
            },
            issued -> {
              assertThat(issued.examName()).isEqualTo("Cloud Computing");
              assertThat(issued.state()).isEqualTo(ExamCodeState.ISSUED);
              assertThat(issued.holder()).isNull();
              assertThat(issued.suggestions())
                  .extracting(Suggestion::member)
                  .containsExactly(it.owner.id(), cas);
            });
  }

  @Test
  void whoTriedComesFirstThenWhoHasNoneThenTheOthers() {
    it.quota(ExamLevel.ACP, 10);
    AccountId other = joins("has-another");
    passesAndBinds(other, it.security);
    AccountId first = joins("none-first");
    AccountId second = joins("none-second");
    AccountId failed = joins("failed");
    it.codes("FAILED-1");
    it.assigned(failed);
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(
                new IdPair("C-f", "R"),
                it.cloud,
                it.clock.instant(),
                ExamOutcome.FAIL,
                null,
                CodeText.parse("FAILED-1")));
    AccountId holds = joins("holds-a-code");
    it.codes("HELD-1");
    it.assigned(holds);
    AccountId passed = joins("passed");
    passesAndBinds(passed, it.cloud);

    assertThat(it.benefits.insights().suggestions(it.owner, it.acme, it.cloud, ALL).items())
        .extracting(Suggestion::member, Suggestion::because)
        .containsExactly(
            tuple(failed, Because.TRY_AGAIN),
            tuple(it.owner.id(), Because.NO_CERTIFICATE_OF_LEVEL),
            tuple(first, Because.NO_CERTIFICATE_OF_LEVEL),
            tuple(second, Because.NO_CERTIFICATE_OF_LEVEL),
            tuple(other, Because.ANOTHER_EXAM));
  }

  @Test
  void aKnownPassThatIsNotBoundYetIsAPass() {
    it.assignedToAnn("CODE-1");
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(
                new IdPair("C", "R"),
                it.cloud,
                it.clock.instant(),
                ExamOutcome.PASS,
                null,
                CodeText.parse("CODE-1")));
    assertThat(suggested(it.cloud)).containsExactly(it.owner.id());
    assertThat(suggested(it.security))
        .as("both joined at one instant")
        .containsExactly(it.ann, it.owner.id());
  }

  @Test
  void anExpiredCodeDoesNotKeepItsHolderFromBeingSuggested() {
    it.assignedToAnn("CODE-1");
    assertThat(suggested(it.cloud)).doesNotContain(it.ann);
    it.clock.advance(Duration.ofDays(366));
    assertThat(suggested(it.cloud)).contains(it.ann);
  }

  @Test
  void leaversAreNotSuggested() {
    it.benefits.organizations().quit(it.member(it.ann));
    assertThat(suggested(it.cloud)).containsExactly(it.owner.id());
  }

  @Test
  void codesOfRetiringExamsAreToldWithBothEnds() {
    Instant sale = it.in(Duration.ofDays(20));
    Instant life = it.in(Duration.ofDays(60));
    ExamId retiring = it.retiringExam(sale, life);
    it.quota(ExamLevel.ACP, 10);
    it.codes(retiring, "RETIRE-1");
    it.codes("STAYS-1");
    Insights insights = it.benefits.insights();

    assertThat(insights.retiringCodes(it.owner, it.acme, Duration.ofDays(19), ALL).items())
        .isEmpty();
    assertThat(insights.retiringCodes(it.owner, it.acme, Duration.ofDays(20), ALL).items())
        .singleElement()
        .satisfies(
            code -> {
              assertThat(code.examId()).isEqualTo(retiring);
              assertThat(code.endOfSale()).isEqualTo(sale);
              assertThat(code.endOfLife()).isEqualTo(life);
            });
    it.clock.advance(Duration.ofDays(59));
    assertThat(insights.retiringCodes(it.owner, it.acme, Duration.ZERO, ALL).items()).hasSize(1);
    assertThat(suggested(retiring)).isNotEmpty();
    it.clock.advance(Duration.ofDays(1));
    assertThat(suggested(retiring)).as("nobody can use it any more").isEmpty();
    assertThat(insights.retiringCodes(it.owner, it.acme, Duration.ZERO, ALL).items())
        .as("a code never outlives its exam")
        .isEmpty();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Insights insights = it.benefits.insights();
    assertRefused(Reason.INVALID_INPUT, () -> expiring(Duration.ofDays(-1)));
    assertRefused(Reason.INVALID_INPUT, () -> expiring(Duration.ofDays(3661)));
    assertRefused(
        Reason.INVALID_INPUT, () -> insights.expiringCodes(it.owner, it.acme, A_MONTH, 11, ALL));
    assertRefused(
        Reason.INVALID_INPUT, () -> insights.expiringCodes(it.owner, it.acme, A_MONTH, -1, ALL));
    assertRefused(
        Reason.NOT_FOUND, () -> insights.suggestions(it.owner, it.acme, ExamId.of("none"), ALL));
    for (String key : List.of("x", "x|y", "1970-01-01T00:00:00Z")) {
      assertRefused(
          Reason.INVALID_INPUT,
          () -> insights.expiringCodes(it.owner, it.acme, A_MONTH, 1, new PageRequest(key, 1)));
    }
    assertRefused(
        Reason.INVALID_INPUT,
        () ->
            insights.suggestions(
                it.owner, it.acme, it.cloud, new PageRequest("x|1970-01-01T00:00:00Z|a", 1)));
  }
}
