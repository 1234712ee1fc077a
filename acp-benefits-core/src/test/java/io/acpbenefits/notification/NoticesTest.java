package io.acpbenefits.notification;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.Together;
import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Tries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is queued is told: once it is committed, at least once, and not for ever. */
class NoticesTest {

  private static final PageRequest TEN = PageRequest.first(10);
  private static final Duration CLAIM = Tries.DEFAULT.claim();
  private static final Notice NOTICE = notice("1");

  private final List<Notice> told = new CopyOnWriteArrayList<>();
  private Notifier notifier = told::add;
  private final CoreFixture it =
      new CoreFixture(builder -> builder.notifier(notice -> notifier.send(notice)));
  private final Notices notices = it.benefits.notices();

  private static Notice notice(String number) {
    return new Notice(Notice.Kind.CHECK_IDS, "binding-" + number, "key-" + number);
  }

  private void queue(Notice notice) {
    notices.queue(Actor.system(), notice);
  }

  private int deliver() {
    return notices.deliver(Actor.system());
  }

  private QueuedNotice only() {
    String id = it.text("SELECT notice_id FROM acp_notice");
    return notices.get(it.operator, NoticeId.of(id));
  }

  private void unreachable() {
    notifier =
        notice -> {
          told.add(notice);
          throw new IllegalStateException("no mail to ann@example.org");
        };
  }

  @Test
  void isToldOnceWhatItIsAboutIsCommitted() {
    it.benefits.inTransaction(
        () -> {
          queue(NOTICE);
          return true;
        });
    assertThat(told).isEmpty();

    assertThat(deliver()).isEqualTo(1);

    assertThat(told).containsExactly(NOTICE);
    assertThat(only())
        .isEqualTo(
            new QueuedNotice(
                only().noticeId(),
                NOTICE,
                NoticeState.DELIVERED,
                it.start,
                1,
                null,
                null,
                it.start));
    assertThat(deliver()).isZero();
    assertThat(told).hasSize(1);
  }

  @Test
  void isNeverToldIfWhatItIsAboutIsRolledBack() {
    assertThatThrownBy(
            () ->
                it.benefits.inTransaction(
                    () -> {
                      queue(NOTICE);
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");

    assertThat(deliver()).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void aSecondOneWithTheSameKeyIsNotToldAsLongAsTheFirstIsRemembered() {
    queue(NOTICE);
    queue(new Notice(Notice.Kind.BINDING_FAILED, "another", NOTICE.key()));
    deliver();
    queue(NOTICE);
    deliver();
    assertThat(told).containsExactly(NOTICE);

    it.clock.advance(NoticePolicy.DEFAULT.remembered().minusSeconds(1));
    deliver();
    assertThat(it.number("SELECT COUNT(*) FROM acp_notice")).isEqualTo(1);
    it.clock.advance(Duration.ofSeconds(1));
    deliver();
    assertThat(it.number("SELECT COUNT(*) FROM acp_notice")).isZero();

    queue(NOTICE);
    deliver();
    assertThat(told).containsExactly(NOTICE, NOTICE);
  }

  @Test
  void theNotifierIsCalledOutsideOfAnyTransactionAndMayUseTheLibrary() {
    queue(NOTICE);
    notifier =
        notice -> {
          // Another transaction sees the claim, so it was committed before the call.
          assertThat(it.text("SELECT state FROM acp_notice")).isEqualTo("SENDING");
          // Refused inside of a transaction; there is nothing to send but what is in hand.
          assertThat(deliver()).isZero();
          told.add(notice);
        };

    assertThat(deliver()).isEqualTo(1);
    assertThat(told).containsExactly(NOTICE);
  }

  @Test
  void sendingInsideATransactionIsRefusedWithASentence() {
    assertThatThrownBy(() -> it.benefits.inTransaction(this::deliver))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Sending notices")
        .hasMessageContaining("outside of inTransaction");
    assertThatThrownBy(() -> it.benefits.inTransaction(it.benefits::runPortCalls))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("runPortCalls");
  }

  @Test
  void afterFailuresItIsToldAgainLaterEachTimeAndInTheEndAPersonDecides() {
    queue(NOTICE);
    unreachable();
    deliver();
    assertThat(only().lastFailure()).isEqualTo("java.lang.IllegalStateException");

    int tries = 1;
    for (Duration pause : Tries.DEFAULT.pauses()) {
      assertThat(only().state()).isEqualTo(NoticeState.WAITING);
      assertThat(only().attempts()).isEqualTo(tries);
      assertThat(notices.nextDue()).contains(it.in(pause));
      assertThat(it.benefits.nextPortCall()).contains(it.in(pause));
      it.clock.advance(pause.minusNanos(1000));
      deliver();
      assertThat(told).hasSize(tries);
      it.clock.advance(Duration.ofNanos(1000));
      deliver();
      tries++;
      assertThat(told).hasSize(tries).containsOnly(NOTICE);
    }
    assertThat(only().state()).isEqualTo(NoticeState.GIVEN_UP);
    assertThat(notices.nextDue()).isEmpty();
    it.clock.advance(Duration.ofDays(100));
    assertThat(deliver()).isZero();
    assertThat(told).hasSize(7);
    assertThat(only().state()).isEqualTo(NoticeState.GIVEN_UP);
    assertThat(only().nextStep()).contains("retry", "discard");
  }

  @Test
  void oneThatFailsDoesNotHoldUpTheOthers() {
    queue(notice("bad"));
    queue(notice("good"));
    notifier =
        notice -> {
          if (notice.equals(notice("bad"))) {
            throw new IllegalStateException("on purpose");
          }
          told.add(notice);
        };

    assertThat(deliver()).isEqualTo(1);
    assertThat(told).containsExactly(notice("good"));
  }

  /** Ends as a killed process does: what it does afterwards reaches the database no more. */
  private AcpBenefits nodeThatDiesWhileItSends() {
    List<AcpBenefits> node = new ArrayList<>();
    node.add(
        AcpBenefits.on(it.database)
            .keys(it.keys)
            .clock(it.clock)
            .notifier(
                notice -> {
                  told.add(notice);
                  if (notice.equals(NOTICE)) {
                    node.get(0).close();
                  }
                })
            .build());
    return node.get(0);
  }

  private void dieWhileSending() {
    AcpBenefits node = nodeThatDiesWhileItSends();
    assertThatThrownBy(() -> node.notices().deliver(Actor.system()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void whatANodeHadInHandWhenItDiedIsSentByAnotherOnceItsClaimHasLapsed() {
    queue(NOTICE);
    dieWhileSending();
    assertThat(only().state()).isEqualTo(NoticeState.SENDING);
    assertThat(only().nextAttemptAt()).isEqualTo(it.in(CLAIM));

    it.clock.advance(CLAIM.minusNanos(1000));
    assertThat(deliver()).isZero();
    it.clock.advance(Duration.ofNanos(1000));
    assertThat(deliver()).isEqualTo(1);

    assertThat(told).containsExactly(NOTICE, NOTICE);
    assertThat(only().state()).isEqualTo(NoticeState.DELIVERED);
    assertThat(only().lastFailure()).isEqualTo("no answer");
  }

  @Test
  void aNoticeThatKillsEachNodeIsGivenUpAndTakesNoOtherWithIt() {
    queue(NOTICE);
    queue(notice("2"));
    for (int i = 0; i < 7; i++) {
      dieWhileSending();
      it.clock.set(Objects.requireNonNull(only("1").nextAttemptAt()));
    }

    assertThat(deliver()).isZero();

    assertThat(only("1").state()).isEqualTo(NoticeState.GIVEN_UP);
    assertThat(only("1").attempts()).isEqualTo(7);
    assertThat(only("2").state()).isEqualTo(NoticeState.DELIVERED);
    assertThat(only("2").attempts()).isEqualTo(1);
  }

  private QueuedNotice only(String number) {
    return notices.get(
        it.operator,
        NoticeId.of(
            it.text("SELECT notice_id FROM acp_notice WHERE notice_key = 'key-" + number + "'")));
  }

  @Test
  void anAnswerThatComesWhenSomebodyElseHasItInHandChangesNothing() {
    queue(NOTICE);
    notifier =
        notice -> {
          told.add(notice);
          if (told.size() == 1) {
            it.clock.advance(CLAIM);
            // The second sender is not done when the first one fails.
            notifier = again -> assertThat(told).hasSize(1);
            deliver();
            throw new IllegalStateException("answered with an error, much too late");
          }
        };

    deliver();

    assertThat(only().state()).isEqualTo(NoticeState.DELIVERED);
    assertThat(only().attempts()).isEqualTo(2);
  }

  @Test
  void severalNodesShareTheWorkAndTellEachOnce() throws Exception {
    IntStream.range(0, 200).forEach(n -> queue(notice(Integer.toString(n))));

    Together.run(this::deliver, this::deliver, this::deliver, this::deliver);

    assertThat(told).hasSize(200).doesNotHaveDuplicates();
    assertThat(it.number("SELECT COUNT(*) FROM acp_notice WHERE state = 'DELIVERED'"))
        .isEqualTo(200);
  }

  @Test
  void severalThatQueueOneAtTheSameTimeQueueItOnce() throws Exception {
    assertThat(Together.run(() -> queue(NOTICE), () -> queue(NOTICE), () -> queue(NOTICE)))
        .extracting(Together.Outcome::name)
        .containsOnly("DONE");

    assertThat(deliver()).isEqualTo(1);
  }

  @Test
  void aPersonHasItSentAgainOrDiscardsItAndSaysWhy() {
    queue(NOTICE);
    unreachable();
    deliver();
    NoticeId id = only().noticeId();
    assertThat(notices.stuck(it.operator, TEN).items()).containsExactly(only());
    assertThat(only().nextStep()).contains("sent again by itself");

    notifier = told::add;
    notices.retry(it.operator, id, "The mail server is back.");
    assertThat(only().attempts()).isZero();
    assertThat(deliver()).isEqualTo(1);
    assertThat(notices.stuck(it.operator, TEN).items()).isEmpty();
    assertThat(notices.inState(it.operator, NoticeState.DELIVERED, TEN).items())
        .containsExactly(only());

    queue(notice("2"));
    assertRefused(
        Reason.INVALID_INPUT, () -> notices.discard(it.operator, only("2").noticeId(), " "));
    notices.discard(it.operator, only("2").noticeId(), "Told by phone.");
    assertThat(deliver()).isZero();
    assertThat(it.benefits.audit().of(it.operator, id.value(), TEN).items())
        .extracting(AuditEntry::operation, AuditEntry::madeBy, AuditEntry::why)
        .contains(tuple(Operation.RETRY_NOTICE, "operator:otto", "The mail server is back."));
  }

  @Test
  void onlyOperatorsSeeAndDecide() {
    queue(NOTICE);
    NoticeId id = only().noticeId();

    assertRefused(Reason.NOT_PERMITTED, () -> notices.get(it.owner, id));
    assertRefused(Reason.NOT_PERMITTED, () -> notices.stuck(it.owner, TEN));
    assertRefused(Reason.NOT_PERMITTED, () -> notices.inState(it.owner, NoticeState.WAITING, TEN));
    assertRefused(Reason.NOT_PERMITTED, () -> notices.retry(it.owner, id, "please"));
    assertRefused(Reason.NOT_PERMITTED, () -> notices.discard(it.owner, id, "please"));
    assertRefused(Reason.NOT_FOUND, () -> notices.get(it.operator, NoticeId.of("other")));
  }

  @Test
  void theListsComePageByPage() {
    IntStream.range(0, 5).forEach(n -> queue(notice(Integer.toString(n))));
    var first = notices.inState(it.operator, NoticeState.WAITING, PageRequest.first(3));
    var second =
        notices.inState(
            it.operator,
            NoticeState.WAITING,
            PageRequest.first(3).then(first.next().orElseThrow()));

    assertThat(first.items()).extracting(QueuedNotice::notice).startsWith(notice("0")).hasSize(3);
    assertThat(second.items())
        .extracting(QueuedNotice::notice)
        .containsExactly(notice("3"), notice("4"));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void thePolicyIsTheHosts() {
    NoticePolicy once =
        new NoticePolicy(new Tries(List.of(), Duration.ofMinutes(1)), Duration.ZERO);
    CoreFixture other =
        new CoreFixture(
            builder ->
                builder
                    .policies(Policies.DEFAULT.with(once))
                    .notifier(
                        notice -> {
                          throw new IllegalStateException("on purpose");
                        }));
    other.benefits.notices().queue(Actor.system(), NOTICE);
    other.benefits.notices().deliver(Actor.system());

    assertThat(other.benefits.notices().policy()).isEqualTo(once);
    assertThat(other.text("SELECT state FROM acp_notice")).isEqualTo("GIVEN_UP");
    Duration minute = Duration.ofMinutes(1);
    assertThatThrownBy(() -> new NoticePolicy(Tries.DEFAULT, minute.negated()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Tries(List.of(Duration.ZERO), minute))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Tries(List.of(), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
