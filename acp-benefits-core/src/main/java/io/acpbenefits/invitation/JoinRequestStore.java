package io.acpbenefits.invitation;

import io.acpbenefits.audit.AuditLog;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.Accounts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of join requests and of their forms: what is locked in which order, and what ends a
 * request.
 */
final class JoinRequestStore {

  private final Domain domain;
  private final AuditLog log;
  private final Accounts accounts;
  final Rows<JoinRequestMapper> rows;

  JoinRequestStore(Domain domain, AuditLog log, Accounts accounts) {
    this.domain = domain.idType(JoinRequestId.class, JoinRequestId::new);
    this.log = log;
    this.accounts = accounts;
    this.rows = domain.rows(JoinRequestMapper.class);
  }

  JoinRequest find(JoinRequestId id) {
    return rows.get(m -> m.find(id)).orElseThrow(JoinRequestStore::notFound);
  }

  JoinRequest lockFor(Operation operation, JoinRequestId id) {
    JoinRequest request = lock(id);
    JoinRequestState.lifecycle().require(operation, request.at(domain.now()).state());
    return request;
  }

  /**
   * The account's row is what protects its requests. The second look locks as well, because H2 may
   * answer the same plain query with what it has answered before.
   */
  JoinRequest lock(JoinRequestId id) {
    accounts.lock(Actor.system(), find(id).accountId());
    return rows.get(m -> m.lock(id)).orElseThrow(JoinRequestStore::notFound);
  }

  void insert(Actor actor, JoinRequest request, Map<String, String> form) {
    JoinRequestId id = request.requestId();
    rows.one(m -> m.insert(request));
    ApplicationForm.filledIn(form)
        .forEach((name, content) -> rows.one(m -> m.insertField(id, name, content)));
    log.changed(actor, Operation.SUBMIT_JOIN_REQUEST, id, null, request.state(), null);
  }

  void close(
      Actor actor,
      Operation operation,
      JoinRequest request,
      JoinRequestState state,
      @Nullable String why) {
    close(actor, operation, request, state, why, domain.now());
  }

  private void close(
      Actor actor,
      Operation operation,
      JoinRequest request,
      JoinRequestState state,
      @Nullable String why,
      Instant at) {
    rows.one(m -> m.decide(request.requestId(), state, at, actor.toString()));
    log.changed(actor, operation, request.requestId(), request.state(), state, why);
  }

  void reject(Actor actor, JoinRequest request, @Nullable String why) {
    close(actor, Operation.REJECT_JOIN_REQUEST, request, JoinRequestState.REJECTED, why);
    domain.publish(new JoinRequestDecided(request.requestId()));
  }

  /** Writes that a locked request's time is over, if it is. */
  boolean expireIfDue(JoinRequest stored) {
    boolean due =
        stored.state() == JoinRequestState.SUBMITTED
            && stored.at(domain.now()).state() == JoinRequestState.EXPIRED;
    if (due) {
      close(
          Actor.system(),
          Operation.EXPIRE_JOIN_REQUEST,
          stored,
          JoinRequestState.EXPIRED,
          null,
          stored.expiresAt());
      domain.publish(new JoinRequestDecided(stored.requestId()));
    }
    return due;
  }

  /** What was filled in, by the requests that anything was filled in for. */
  Map<JoinRequestId, Map<String, String>> forms(List<JoinRequest> requests) {
    Map<JoinRequestId, Map<String, String>> forms = new HashMap<>();
    if (!requests.isEmpty()) {
      List<JoinRequestId> ids = requests.stream().map(JoinRequest::requestId).toList();
      for (JoinRequestMapper.FieldRow field : rows.get(m -> m.fields(ids))) {
        forms
            .computeIfAbsent(field.requestId(), id -> new HashMap<>())
            .put(field.name(), field.content());
      }
    }
    return forms;
  }

  static Refusal notFound() {
    return new Refusal(Reason.NOT_FOUND, "There is no such join request.");
  }
}
