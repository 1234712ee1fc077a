package io.acpbenefits.contention;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.registration.IdPair;
import java.util.List;

/**
 * All claim the same certificates for their own accounts: of some the record is there already, of
 * others it comes meanwhile, twice.
 */
final class BindingScenario implements Scenario {

  private static final int CERTIFICATES = 4;
  private static final int THERE_ALREADY = 2;

  private static ExamId exam(String round, int number) {
    return Arena.exam(round + "-" + number);
  }

  private static ExamRecordLine line(AcpBenefits benefits, String round, int number) {
    return new ExamRecordLine(
        ids(round, number),
        exam(round, number),
        benefits.now().minusSeconds(1),
        ExamOutcome.PASS,
        null,
        null);
  }

  private static IdPair ids(String round, int number) {
    return new IdPair("C-" + round + number, "R-" + round + number);
  }

  @Override
  public void prepare(Installation node, String round) {
    for (int i = 0; i < CERTIFICATES; i++) {
      new Arena(node.onEngine(), round + "-" + i).exam();
      if (i < THERE_ALREADY) {
        node.onEngine().examRecords().receive(Actor.system(), line(node.onEngine(), round, i));
      }
    }
  }

  @Override
  public void contend(Turn turn) {
    AcpBenefits benefits = turn.onEngine();
    Actor.Account claimant = new Actor.Account(Arena.account(turn.round(), turn.number()));
    for (int i = 0; i < CERTIFICATES; i++) {
      int number = i;
      // In different orders, so that those who wait for two records wait in different orders, too.
      int certificate = turn.number() % 2 == 0 ? number : CERTIFICATES - 1 - number;
      if (certificate >= THERE_ALREADY && turn.number() % (turn.of() / 2) == 0) {
        turn.attempt(
            "receive",
            exam(turn.round(), certificate).value(),
            () ->
                benefits
                    .examRecords()
                    .receive(Actor.system(), line(benefits, turn.round(), certificate)));
      }
      turn.attempt(
          "submit",
          exam(turn.round(), certificate).value(),
          () ->
              told(
                  benefits
                      .bindings()
                      .submit(
                          claimant,
                          exam(turn.round(), certificate),
                          ids(turn.round(), certificate))));
    }
  }

  private static String told(CertificateBinding binding) {
    return binding.bindingId() + " " + binding.state();
  }

  @Override
  public void check(History history, Queries database, String round) {
    history.refusedOnlyFor(Reason.ALREADY_BOUND);
    for (int i = 0; i < CERTIFICATES; i++) {
      String exam = exam(round, i).value();
      List<String> answers =
          history
              .of("submit")
              .filter(a -> a.subject().equals(exam) && a.isDone())
              .map(Attempt::answer)
              .toList();
      List<List<String>> bindings =
          database.rows(
              "SELECT b.binding_id, b.state, b.reason, b.account_id, c.account_id"
                  + " FROM acp_binding b LEFT JOIN acp_certificate c"
                  + " ON c.certificate_id = b.certificate_id WHERE b.exam_id = ?",
              exam);

      assertThat(answers.stream().map(answer -> answer.split(" ", -1)[0]))
          .as("bindings told, and kept, for %s", exam)
          .containsExactlyInAnyOrderElementsOf(bindings.stream().map(row -> row.get(0)).toList());
      assertThat(bindings)
          .filteredOn(row -> row.get(1).equals("BOUND"))
          .as("who got the certificate of %s", exam)
          .singleElement()
          .satisfies(row -> assertThat(row.get(3)).isEqualTo(row.get(4)));
      assertThat(bindings)
          .filteredOn(row -> !row.get(1).equals("BOUND"))
          .as("who claimed it before it was there, of %s", exam)
          .allSatisfy(
              row -> assertThat(row.subList(1, 3)).containsExactly("CHECK_IDS", "ALREADY_BOUND"));
      assertThat(answers)
          .filteredOn(answer -> answer.endsWith(" " + BindingState.BOUND))
          .hasSizeLessThanOrEqualTo(1);
      assertThat(database.number("SELECT COUNT(*) FROM acp_certificate WHERE exam_id = ?", exam))
          .isOne();
    }
    assertThat(history.of("receive").map(Attempt::answer).filter("STORED"::equals))
        .as("records stored once")
        .hasSize(CERTIFICATES - THERE_ALREADY);
  }
}
