package io.acpbenefits.notification;

import io.acpbenefits.audit.Audit;
import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Failures;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.permission.Access;
import io.acpbenefits.permission.Subject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people are told: queued in the transaction of what has happened, handed to the {@link
 * Notifier} outside of any; thread-safe.
 *
 * <p>So a notice is sent if and only if what it is about was committed, at least once, always with
 * the same key. After a failure it is tried again, each time later; in the end a person decides. A
 * node that dies while it sends has its claim pass to another. The order in which notices are sent
 * is that of their queueing only as long as nothing fails.
 */
public final class Notices {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final int MOST_AT_ONCE = 1000;

  private final Domain domain;
  private final Access access;
  private final AuditLog log;
  private final Notifier notifier;
  private final NoticePolicy policy;
  private final Sending sending;
  private final Rows<NoticeMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param log where it is recorded
   * @param notifier the port
   * @param policy the rules
   */
  public Notices(
      Domain domain, Access access, AuditLog log, Notifier notifier, NoticePolicy policy) {
    this.domain = domain.idType(NoticeId.class, NoticeId::new);
    this.access = access;
    this.log = log;
    this.notifier = notifier;
    this.policy = policy;
    this.rows = domain.rows(NoticeMapper.class);
    this.sending = new Sending(domain, log, policy.tries());
  }

  /**
   * Has somebody told once the transaction is committed; does nothing if a notice with this key was
   * queued before and is still remembered.
   *
   * @param system the library, which processes act as
   * @param notice what is to be said
   */
  public void queue(Actor.Library system, Notice notice) {
    NoticeId id = NoticeId.of(domain.newId());
    domain.run(
        () -> {
          if (rows.insertIfMissing(m -> m.insert(id, notice, domain.now()))) {
            log.changed(system, Operation.QUEUE_NOTICE, id, null, NoticeState.WAITING, null);
          }
        });
  }

  /**
   * Sends what is due, and forgets what has been remembered long enough. To be called every few
   * seconds, as {@code AcpBenefits.runPortCalls} does; several nodes may at the same time.
   *
   * @param system the library
   * @return how many were delivered, at most {@value #MOST_AT_ONCE} are tried at once
   * @throws IllegalStateException inside a transaction
   */
  public int deliver(Actor.Library system) {
    domain.requireNoTransaction("Sending notices");
    int delivered = 0;
    for (int tried = 0; tried < MOST_AT_ONCE; tried++) {
      Optional<Sending.Claim> claim = sending.next();
      if (claim.isEmpty()) {
        break;
      }
      if (send(claim.get())) {
        delivered++;
      }
    }
    Instant before = domain.now().minus(policy.remembered());
    rows.run(m -> m.forget(before));
    return delivered;
  }

  private boolean send(Sending.Claim claim) {
    try {
      notifier.send(claim.notice());
    } catch (RuntimeException failure) {
      // The message may hold an address, so it is for those who ask for the details.
      LOG.warn("Notice {} was not taken: {}", claim.noticeId(), Failures.nameOf(failure));
      LOG.debug("Why notice {} was not taken", claim.noticeId(), failure);
      sending.failed(claim, failure);
      return false;
    } catch (Error failure) {
      sending.failed(claim, failure);
      throw failure;
    }
    return sending.confirm(claim);
  }

  /**
   * Has a notice sent again now, from the first try on.
   *
   * @param actor by default an operator or the system
   * @param id which
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the notice, WAITING
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT, NOT_FOUND, or ILLEGAL_STATE unless it waits or
   *     was given up
   */
  public QueuedNotice retry(Actor actor, NoticeId id, String why) {
    return intervene(
        actor,
        Operation.RETRY_NOTICE,
        id,
        NoticeState.WAITING,
        why,
        row -> rows.one(m -> m.await(id, 0, domain.now(), row.lastFailure())));
  }

  /**
   * Gives a notice up that need not be sent any more.
   *
   * @param actor by default an operator or the system
   * @param id which
   * @param why the reason, 1 to 500 characters; it goes to the audit
   * @return the notice, DISCARDED
   * @throws Refusal NOT_PERMITTED, INVALID_INPUT, NOT_FOUND, or ILLEGAL_STATE unless it waits or
   *     was given up
   */
  public QueuedNotice discard(Actor actor, NoticeId id, String why) {
    return intervene(
        actor,
        Operation.DISCARD_NOTICE,
        id,
        NoticeState.DISCARDED,
        why,
        row -> rows.one(m -> m.end(id, NoticeState.DISCARDED, domain.now())));
  }

  private QueuedNotice intervene(
      Actor actor,
      Operation operation,
      NoticeId id,
      NoticeState to,
      String why,
      Consumer<NoticeMapper.NoticeRow> change) {
    access.require(actor, operation, Subject.PROGRAMME);
    String reason = Audit.requireWhy(why);
    return domain.inTransaction(
        () -> {
          NoticeMapper.NoticeRow row = rows.get(m -> m.lock(id)).orElseThrow(Notices::unknown);
          NoticeState.lifecycle().require(operation, row.state());
          change.accept(row);
          log.changed(actor, operation, id, row.state(), to, reason);
          return find(id);
        });
  }

  /**
   * One notice.
   *
   * @param actor by default an operator or the system
   * @param id which
   * @return the notice
   * @throws Refusal NOT_PERMITTED, or NOT_FOUND, also of one that is remembered no more
   */
  public QueuedNotice get(Actor actor, NoticeId id) {
    access.require(actor, Operation.SEE_NOTICES, Subject.PROGRAMME);
    return find(id);
  }

  private QueuedNotice find(NoticeId id) {
    return rows.get(m -> m.find(id)).orElseThrow(Notices::unknown).told();
  }

  /**
   * The notices in one state.
   *
   * @param actor by default an operator or the system
   * @param state which state
   * @param page which part
   * @return in the order of their queueing
   * @throws Refusal NOT_PERMITTED
   */
  public Page<QueuedNotice> inState(Actor actor, NoticeState state, PageRequest page) {
    access.require(actor, Operation.SEE_NOTICES, Subject.PROGRAMME);
    return page.of(
        rows.get(m -> m.inState(state, page.afterOrStart(), page.rowsToFetch())).stream()
            .map(NoticeMapper.NoticeRow::told)
            .toList(),
        notice -> notice.noticeId().value());
  }

  /**
   * The notices that somebody should look at: those given up, and those that were tried in vain and
   * will be tried again.
   *
   * @param actor by default an operator or the system
   * @param page which part
   * @return in the order of their queueing, each with its failure and its next try
   * @throws Refusal NOT_PERMITTED
   */
  public Page<QueuedNotice> stuck(Actor actor, PageRequest page) {
    access.require(actor, Operation.SEE_NOTICES, Subject.PROGRAMME);
    return page.of(
        rows.get(m -> m.stuck(page.afterOrStart(), page.rowsToFetch())).stream()
            .map(NoticeMapper.NoticeRow::told)
            .toList(),
        notice -> notice.noticeId().value());
  }

  /**
   * How many notices are in one state.
   *
   * @param actor by default an operator or the system
   * @param state which state
   * @return the number
   * @throws Refusal NOT_PERMITTED
   */
  public long count(Actor actor, NoticeState state) {
    access.require(actor, Operation.SEE_NOTICES, Subject.PROGRAMME);
    return rows.get(m -> m.count(state));
  }

  /**
   * When {@link #deliver} has something to send next.
   *
   * @return the instant, perhaps past, or empty if nothing waits
   */
  public Optional<Instant> nextDue() {
    return rows.get(NoticeMapper::nextDue);
  }

  private static Refusal unknown() {
    return new Refusal(Reason.NOT_FOUND, "There is no such notice.");
  }

  /**
   * The rules of sending.
   *
   * @return the policy
   */
  public NoticePolicy policy() {
    return policy;
  }
}
