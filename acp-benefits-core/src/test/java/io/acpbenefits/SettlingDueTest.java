package io.acpbenefits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEventListener;
import io.acpbenefits.erasure.RetentionPolicy;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeChanged;
import io.acpbenefits.examcode.ExamCodeState;
import io.acpbenefits.registration.IdPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Period;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettlingDueTest {

  private static final String EXPIRED =
      "SELECT COUNT(*) FROM acp_exam_code WHERE state = 'EXPIRED'";
  private static final String EXPIRIES =
      "SELECT COUNT(*) FROM acp_audit_entry WHERE operation = 'EXPIRE_CODE'";

  private final CoreFixture it = new CoreFixture();

  private void dueCodes(int number) {
    it.quota(ExamLevel.ACP, number);
    it.codes(IntStream.range(0, number).mapToObj(i -> "CODE" + i).toArray(String[]::new));
    it.clock.advance(Duration.ofDays(400));
    // Quotas apart, so that only codes count below.
    it.benefits.quotas().settleDue();
  }

  /** A listener that refuses to let a code of the fixture's expire while it is among these. */
  private Set<Object> stubborn() {
    Set<Object> stubborn = new HashSet<>();
    DomainEventListener refusing =
        event -> {
          if (event instanceof ExamCodeChanged changed
              && changed.to() == ExamCodeState.EXPIRED
              && stubborn.contains(changed.codeId())) {
            throw new IllegalStateException("not " + changed.codeId());
          }
        };
    it.benefits.addListener(refusing);
    return stubborn;
  }

  @Test
  void anyNumberOfCodesIsSettled() {
    dueCodes(2_500);
    assertThat(it.benefits.settleDue()).isEqualTo(2_500);
    assertThat(it.number(EXPIRED)).isEqualTo(2_500);
    assertThat(it.benefits.settleDue()).isZero();
  }

  @Test
  void aCodeThatCannotBeSettledHoldsUpNoOtherAndIsTriedAgainNextTime() {
    Set<Object> stubborn = stubborn();
    it.quota(ExamLevel.ACP, 3);
    it.codes("FIRST", "SECOND", "THIRD");
    ExamCode first = AllPages.codes(it).get(0);
    stubborn.add(first.codeId());
    it.benefits.bindings().submit(new Actor.Account(it.ben), it.cloud, new IdPair("C", "R"));
    it.clock.advance(Duration.ofDays(400));

    assertThatThrownBy(it.benefits::settleDue).hasMessage("not " + first.codeId());

    assertThat(it.number(EXPIRED)).isEqualTo(2);
    assertThat(it.number("SELECT COUNT(*) FROM acp_binding WHERE state = 'CHECK_IDS'")).isOne();
    assertThat(it.benefits.nextDue()).contains(first.expiresAt());
    assertThatThrownBy(it.benefits::settleDue).hasMessage("not " + first.codeId());

    stubborn.clear();
    assertThat(it.benefits.settleDue()).isOne();
    assertThat(it.number(EXPIRED)).isEqualTo(3);
    assertThat(it.number(EXPIRIES)).isEqualTo(3);
  }

  @Test
  void insideATransactionOfTheHostWhatFailsLeavesNothingBehind() {
    Set<Object> stubborn = stubborn();
    it.quota(ExamLevel.ACP, 2);
    it.codes("FIRST", "SECOND");
    stubborn.add(AllPages.codes(it).get(0).codeId());
    it.clock.advance(Duration.ofDays(400));

    it.benefits.withConnection(
        connection -> {
          assertThatThrownBy(it.benefits.examCodes()::settleDue)
              .isInstanceOf(IllegalStateException.class);
          return connection;
        });

    assertThat(it.number(EXPIRED)).isOne();
    assertThat(it.number(EXPIRIES)).isOne();
  }

  @Test
  void aCodeThatSomebodyHasLockedForTooLongHoldsUpNoOther() throws SQLException {
    it.quota(ExamLevel.ACP, 3);
    it.codes("FIRST", "SECOND", "THIRD");
    it.clock.advance(Duration.ofDays(400));
    String locked = AllPages.codes(it).get(1).codeId().value();
    try (Connection other = it.database.getConnection();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("SELECT * FROM acp_exam_code WHERE code_id = '" + locked + "' FOR UPDATE");
      // The pool has no other idle connection, so this is the one that settles.
      it.sql(TestDatabase.kind().waitForLocks(Duration.ofMillis(50)));

      assertThatThrownBy(it.benefits.examCodes()::settleDue).hasMessageContaining("lock");

      assertThat(it.number(EXPIRED)).isEqualTo(2);
      other.rollback();
    } finally {
      it.sql(TestDatabase.kind().waitForLocks(Duration.ofSeconds(10)));
    }
    assertThat(it.benefits.examCodes().settleDue()).isOne();
  }

  @Test
  void ofSeveralNodesThatSettleAtOnceOneWritesEachCode() throws Exception {
    dueCodes(300);
    AtomicInteger settled = new AtomicInteger();
    Runnable node = () -> settled.addAndGet(it.benefits.settleDue());

    Together.run(node, node, node);

    assertThat(settled).hasValue(300);
    assertThat(it.number(EXPIRED)).isEqualTo(300);
    assertThat(it.number(EXPIRIES)).isEqualTo(300);
  }

  @Test
  void ofSeveralNodesThatApplyRetentionAtOnceOneErasesEachFormerMember() throws Exception {
    CoreFixture kept =
        new CoreFixture(
            Policies.DEFAULT.with(RetentionPolicy.DEFAULT.keepingFormerMembers(Period.ofYears(1))));
    for (int i = 0; i < 40; i++) {
      kept.benefits.organizations().quit(kept.member(AccountId.of("former" + i)));
    }
    kept.clock.advance(Duration.ofDays(400));
    AtomicInteger erased = new AtomicInteger();
    Runnable node = () -> erased.addAndGet(kept.benefits.erasures().applyRetention(Actor.system()));

    Together.run(node, node, node);

    assertThat(kept.number("SELECT COUNT(*) FROM acp_account WHERE account_id LIKE 'former%'"))
        .isZero();
    assertThat(
            kept.number("SELECT COUNT(*) FROM acp_audit_entry WHERE operation = 'ERASE_ACCOUNT'"))
        .isEqualTo(40);
  }
}
