package io.acpbenefits.examrecord;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import io.acpbenefits.persistence.RetryCounts;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two files about the same people, imported at once, one of them from its end. */
class ImportsAtOnceTest {

  private static final int ROUNDS = 3;
  private static final int PEOPLE = 40;

  private final CoreFixture it = new CoreFixture();

  private static Actor.Account person(int round, int number) {
    return new Actor.Account(AccountId.of("person-%d-%02d".formatted(round, number)));
  }

  private static IdPair ids(ExamId exam, int round, int number) {
    return new IdPair("C-%d-%02d".formatted(round, number), "R-" + exam);
  }

  private void importLines(ExamId exam, int round, boolean fromTheEnd) {
    it.benefits
        .examRecords()
        .importFrom(
            Actor.system(),
            FeedName.of(exam + "-" + round),
            (Consumer<FeedLine> lines) ->
                IntStream.range(0, PEOPLE)
                    .map(i -> fromTheEnd ? PEOPLE - 1 - i : i)
                    .mapToObj(
                        i ->
                            new ExamRecordLine(
                                ids(exam, round, i),
                                exam,
                                it.clock.instant(),
                                ExamOutcome.PASS,
                                null,
                                null))
                    .map(line -> new FeedLine.Parsed(1, line))
                    .forEach(lines));
  }

  private void importBothAtOnce(int round) throws Exception {
    assertThat(
            Together.run(
                () -> importLines(it.cloud, round, false),
                () -> importLines(it.security, round, true)))
        .containsOnly(new Outcome("DONE"));
    assertThat(it.benefits.retries()).isEqualTo(RetryCounts.NONE);
  }

  @Test
  void thoseWhoWaitForTwoResultsGetBothWithoutADeadlock() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < PEOPLE; i++) {
        it.benefits.bindings().submit(person(round, i), it.cloud, ids(it.cloud, round, i));
        it.benefits.bindings().submit(person(round, i), it.security, ids(it.security, round, i));
      }

      importBothAtOnce(round);

      for (int i = 0; i < PEOPLE; i++) {
        assertThat(
                it.benefits
                    .bindings()
                    .ofAccount(Actor.system(), person(round, i).id(), PageRequest.first(10))
                    .items())
            .hasSize(2)
            .allMatch(binding -> binding.state() == BindingState.BOUND);
      }
    }
  }

  @Test
  void thoseWhoHaveBookedTwoExamsGetBothWithoutADeadlock() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < PEOPLE; i++) {
        book(it.cloud, round, i);
        book(it.security, round, i);
      }

      importBothAtOnce(round);
    }
    assertThat(it.number("SELECT COUNT(*) FROM acp_registration WHERE state = 'DELIVERED'"))
        .isEqualTo(2L * ROUNDS * PEOPLE);
  }

  private void book(ExamId exam, int round, int number) {
    it.benefits
        .registrations()
        .registerSelfPaid(
            person(round, number),
            exam,
            Delivery.ONLINE,
            it.in(Duration.ofHours(1)),
            ids(exam, round, number));
  }
}
