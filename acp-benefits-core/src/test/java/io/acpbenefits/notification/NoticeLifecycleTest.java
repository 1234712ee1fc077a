package io.acpbenefits.notification;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Lifecycle;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Tries;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.persistence.Dialect;
import io.acpbenefits.persistence.JdbcTransactions;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NoticeLifecycleTest {

  private static final Notice NOTICE = new Notice(Notice.Kind.CHECK_IDS, "b-1", "k-1");

  /** One notice, and the steps around the call of a notifier that is never called. */
  private static final class Queued {

    final CoreFixture it = new CoreFixture();
    final Notices notices = it.benefits.notices();
    final Sending sending;
    final NoticeId id;
    Sending.Claim claim;

    Queued() {
      notices.queue(Actor.system(), NOTICE);
      id =
          notices
              .inState(it.operator, NoticeState.WAITING, PageRequest.first(2))
              .items()
              .get(0)
              .noticeId();
      claim = new Sending.Claim(id, "nobody's", NOTICE);
      Domain domain =
          new Domain(new JdbcTransactions(it.database), Dialect.of(it.database), it.clock);
      domain.idType(NoticeId.class, NoticeId::new);
      sending = new Sending(domain, new AuditLog(domain), Tries.DEFAULT);
    }

    void send() {
      claim = sending.next().orElseThrow();
    }

    /** The next try in vain will have been the last. */
    void lastTry() {
      it.sql("UPDATE acp_notice SET attempts = 7");
    }

    void fail() {
      sending.failed(claim, new IllegalStateException("on purpose"));
    }
  }

  private static Supplier<Queued> after(Consumer<Queued> arrangement) {
    return () -> {
      Queued on = new Queued();
      arrangement.accept(on);
      return on;
    };
  }

  @TestFactory
  Stream<DynamicTest> everyOperationInEveryState() {
    return new Lifecycle<NoticeState, Queued>(
            NoticeState.lifecycle(), on -> on.notices.get(Actor.system(), on.id).state())
        .in(NoticeState.WAITING, Queued::new)
        .in(NoticeState.SENDING, after(Queued::send))
        .in(
            NoticeState.DELIVERED,
            after(
                on -> {
                  on.send();
                  on.sending.confirm(on.claim);
                }))
        .in(
            NoticeState.GIVEN_UP,
            after(
                on -> {
                  on.send();
                  on.lastTry();
                  on.fail();
                }))
        .in(
            NoticeState.DISCARDED,
            after(on -> on.notices.discard(on.it.operator, on.id, "told by phone")))
        .ignores(
            Operation.SEND_NOTICE,
            on -> {
              on.it.clock.advance(Tries.DEFAULT.claim());
              on.sending.next();
            })
        .ignores(Operation.CONFIRM_NOTICE, on -> on.sending.confirm(on.claim))
        .ignores(Operation.POSTPONE_NOTICE, Queued::fail)
        .ignores(
            Operation.GIVE_UP_NOTICE,
            on -> {
              on.lastTry();
              on.fail();
            })
        .refuses(
            Operation.RETRY_NOTICE, on -> on.notices.retry(on.it.operator, on.id, "mail is back"))
        .refuses(
            Operation.DISCARD_NOTICE,
            on -> on.notices.discard(on.it.operator, on.id, "told by phone"))
        .everyPair();
  }
}
