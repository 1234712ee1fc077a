package io.acpbenefits.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is there from the first page to the last comes exactly once, whatever joins meanwhile. */
class InsightPagesTest {

  private final CoreFixture it = new CoreFixture();
  private int joined;

  /** Goes through pages of three while things are added before and behind each. */
  private <T> List<T> pagesWhile(Function<PageRequest, Page<T>> question, Runnable adding) {
    List<T> found = new ArrayList<>();
    Page<T> page = question.apply(PageRequest.first(3));
    found.addAll(page.items());
    for (int added = 0; page.next().isPresent(); added++) {
      if (added < 10) {
        adding.run();
      }
      page = question.apply(new PageRequest(page.next().get(), 3));
      found.addAll(page.items());
    }
    return found;
  }

  private <T> void assertCompleteAndFreeOfRepeats(
      Function<PageRequest, Page<T>> question, Function<T, String> id, Runnable adding) {
    List<String> before = question.apply(PageRequest.first(1000)).items().stream().map(id).toList();
    assertThat(before).hasSizeGreaterThan(9);
    List<String> walked = pagesWhile(question, adding).stream().map(id).toList();
    assertThat(walked).doesNotHaveDuplicates().containsAll(before);
    assertThat(question.apply(PageRequest.first(1000)).items().stream().map(id))
        .hasSizeGreaterThan(before.size())
        .containsAll(walked);
  }

  private AccountId joins() {
    return it.member(AccountId.of("member-" + joined++)).id();
  }

  private void codes(int count) {
    it.codes(IntStream.range(0, count).mapToObj(i -> "CODE-" + joined++).toArray(String[]::new));
  }

  @Test
  void suggestions() {
    IntStream.range(0, 12).forEach(i -> joins());
    assertCompleteAndFreeOfRepeats(
        page -> it.benefits.insights().suggestions(it.owner, it.acme, it.cloud, page),
        suggestion -> suggestion.member().value(),
        this::joins);
  }

  @Test
  void expiringAndRetiringCodes() {
    it.quota(ExamLevel.ACP, 100);
    codes(5);
    it.clock.advance(Duration.ofDays(1));
    codes(6);
    assertCompleteAndFreeOfRepeats(
        page ->
            it.benefits.insights().expiringCodes(it.owner, it.acme, Duration.ofDays(400), 1, page),
        code -> code.codeId().value(),
        () -> codes(2));
    it.sql("UPDATE acp_exam SET end_of_life = TIMESTAMP '2027-02-01 00:00:00'");
    assertCompleteAndFreeOfRepeats(
        page -> it.benefits.insights().retiringCodes(it.owner, it.acme, Duration.ofDays(400), page),
        code -> code.codeId().value(),
        () -> codes(2));
  }

  @Test
  void stuckPeopleOfSeveralKinds() {
    Runnable anotherOfEachKind =
        () -> {
          it.request(AccountId.of("applicant-" + joined++));
          it.benefits
              .invitations()
              .invite(it.owner, it.organization, AccountId.of("invited-" + joined++));
          codes(1);
          it.assigned(joins());
        };
    it.quota(ExamLevel.ACP, 100);
    IntStream.range(0, 5).forEach(i -> anotherOfEachKind.run());
    it.clock.advance(Duration.ofDays(8));
    Patience none = new Patience(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    assertCompleteAndFreeOfRepeats(
        page -> it.benefits.insights().stuck(it.owner, it.acme, none, page),
        StuckPerson::thingId,
        anotherOfEachKind);
  }
}
