package io.acpbenefits.notification;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Tries;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Failures;
import io.acpbenefits.internal.Rows;
import java.time.Instant;
import java.util.Optional;

/**
 * The steps before and after a call of the notifier, each a transaction of its own. A step that
 * comes too late, because its claim has passed to somebody else, does nothing.
 *
 * <p>Notices are claimed one by one, so that one that ends the process uses up its own tries only.
 */
final class Sending {

  private static final String NO_ANSWER = "no answer";

  private final Domain domain;
  private final AuditLog log;
  private final Tries tries;
  private final Rows<NoticeMapper> rows;

  /** A notice in hand, until the claim has passed to somebody else. */
  record Claim(NoticeId noticeId, String claim, Notice notice) {}

  Sending(Domain domain, AuditLog log, Tries tries) {
    this.domain = domain;
    this.log = log;
    this.tries = tries;
    this.rows = domain.rows(NoticeMapper.class);
  }

  /** Takes the next one that is due in hand; the try is counted before it is made. */
  Optional<Claim> next() {
    return domain.inTransaction(
        () -> {
          Instant now = domain.now();
          while (true) {
            NoticeMapper.NoticeRow due = rows.get(m -> m.lockDue(now)).orElse(null);
            if (due == null) {
              return Optional.empty();
            }
            if (!tries.isLast(due.attempts())) {
              return Optional.of(claim(due, now));
            }
            giveUp(due, NO_ANSWER);
          }
        });
  }

  private Claim claim(NoticeMapper.NoticeRow due, Instant now) {
    String claim = domain.newId();
    Instant until = tries.nextWithoutAnswer(now, due.attempts() + 1);
    String failure = due.state() == NoticeState.SENDING ? NO_ANSWER : due.lastFailure();
    rows.one(m -> m.send(due.noticeId(), claim, until, failure));
    changed(due, Operation.SEND_NOTICE, NoticeState.SENDING);
    return new Claim(due.noticeId(), claim, due.notice());
  }

  boolean confirm(Claim claim) {
    return domain.inTransaction(
        () -> {
          Optional<NoticeMapper.NoticeRow> row = locked(claim);
          row.ifPresent(
              r -> {
                rows.one(m -> m.end(r.noticeId(), NoticeState.DELIVERED, domain.now()));
                changed(r, Operation.CONFIRM_NOTICE, NoticeState.DELIVERED);
              });
          return row.isPresent();
        });
  }

  void failed(Claim claim, Throwable failure) {
    domain.run(() -> locked(claim).ifPresent(row -> failed(row, Failures.nameOf(failure))));
  }

  private void failed(NoticeMapper.NoticeRow row, String failure) {
    if (tries.isLast(row.attempts())) {
      giveUp(row, failure);
      return;
    }
    Instant next = tries.nextAfterFailure(domain.now(), row.attempts());
    rows.one(m -> m.await(row.noticeId(), row.attempts(), next, failure));
    changed(row, Operation.POSTPONE_NOTICE, NoticeState.WAITING);
  }

  private void giveUp(NoticeMapper.NoticeRow row, String failure) {
    rows.one(m -> m.giveUp(row.noticeId(), failure));
    changed(row, Operation.GIVE_UP_NOTICE, NoticeState.GIVEN_UP);
  }

  private void changed(NoticeMapper.NoticeRow row, Operation operation, NoticeState to) {
    log.changed(Actor.system(), operation, row.noticeId(), row.state(), to, null);
  }

  private Optional<NoticeMapper.NoticeRow> locked(Claim claim) {
    return rows.get(m -> m.lock(claim.noticeId())).filter(row -> claim.claim().equals(row.claim()));
  }
}
