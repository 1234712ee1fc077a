package io.acpbenefits.insight;

import io.acpbenefits.certificate.BindingPolicy;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Who;
import io.acpbenefits.insight.StuckMapper.StuckRow;
import io.acpbenefits.insight.StuckPerson.Kind;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.invitation.InvitationPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who does not get on: kind after kind, within a kind in the order of the ids of what rests. */
final class StuckPeople {

  private final Domain domain;
  private final InvitationPolicy inviting;
  private final BindingPolicy binding;
  private final Rows<StuckMapper> rows;

  StuckPeople(Domain domain, InvitationPolicy inviting, BindingPolicy binding) {
    this.domain = domain;
    this.inviting = inviting;
    this.binding = binding;
    this.rows = domain.rows(StuckMapper.class);
  }

  Page<StuckPerson> of(Scope scope, Patience patience, PageRequest page) {
    Cursor after = Cursor.before(page, Kind.MEMBER_ELSEWHERE, "");
    Kind first = after.named(0, Kind::valueOf);
    Instant now = domain.now();
    List<StuckPerson> found = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      int missing = page.rowsToFetch() - found.size();
      if (kind.compareTo(first) >= 0 && missing > 0) {
        String afterId = kind == first ? after.text(1) : "";
        for (StuckRow row : rest(kind, scope, patience, now, afterId, missing)) {
          found.add(person(kind, row));
        }
      }
    }
    return page.of(found, stuck -> Cursor.of(stuck.kind(), stuck.thingId()));
  }

  private List<StuckRow> rest(
      Kind kind, Scope scope, Patience patience, Instant now, String after, int size) {
    return rows.get(
        m ->
            switch (kind) {
              case MEMBER_ELSEWHERE -> m.memberElsewhere(scope.organization(), now, after, size);
              case JOIN_REQUEST_OVERDUE ->
                  m.requestOverdue(
                      scope.organization(),
                      now,
                      now.plus(inviting.requestLife()).minus(inviting.approvalDue()),
                      after,
                      size);
              case INVITATION_UNANSWERED ->
                  m.invitationUnanswered(
                      scope.organization(), now, now.minus(patience.unanswered()), after, size);
              case CODE_NOT_BOOKED ->
                  m.codeNotBooked(
                      scope.partner(), now, now.minus(patience.unbooked()), after, size);
              case RESULT_OVERDUE ->
                  m.resultOverdue(scope.partner(), scope.organization(), now, after, size);
              case PASSED_NOT_BOUND ->
                  m.passedNotBound(
                      scope.organization(), now, now.minus(patience.unbound()), after, size);
              case CHECK_IDS ->
                  m.checkIds(scope.organization(), now.minus(binding.checkIds()), after, size);
              case CODE_OF_FORMER_MEMBER -> m.codeOfFormerMember(scope.partner(), now, after, size);
            });
  }

  private StuckPerson person(Kind kind, StuckRow row) {
    Instant until = until(kind, row);
    return new StuckPerson(
        kind,
        row.person(),
        row.examId(),
        row.thingId(),
        since(kind, row),
        until,
        nextStep(kind, row, until),
        takenBy(kind));
  }

  private Instant since(Kind kind, StuckRow row) {
    Instant end = row.until();
    return kind == Kind.JOIN_REQUEST_OVERDUE && end != null
        ? end.minus(inviting.requestLife())
        : row.since();
  }

  private @Nullable Instant until(Kind kind, StuckRow row) {
    return kind == Kind.CHECK_IDS ? row.since().plus(binding.checkIds()) : row.until();
  }

  private static Who takenBy(Kind kind) {
    return switch (kind) {
      case MEMBER_ELSEWHERE, INVITATION_UNANSWERED, CODE_NOT_BOOKED, PASSED_NOT_BOUND, CHECK_IDS ->
          Who.SELF;
      case JOIN_REQUEST_OVERDUE -> Who.OWNER;
      case RESULT_OVERDUE -> Who.OPERATOR;
      case CODE_OF_FORMER_MEMBER -> Who.MANAGER;
    };
  }

  private static String nextStep(Kind kind, StuckRow row, @Nullable Instant until) {
    String end = until == null ? "" : " It ends at " + until + ".";
    return switch (kind) {
      case MEMBER_ELSEWHERE ->
          "Quit the other organization, or ask to be removed there; the join request waits." + end;
      case JOIN_REQUEST_OVERDUE -> "Approve or reject the join request." + end;
      case INVITATION_UNANSWERED ->
          "Accept or decline the invitation; ask for it to be sent again if it got lost." + end;
      case CODE_NOT_BOOKED ->
          "Book exam %s with the assigned code, or give the code back.".formatted(row.examId())
              + end;
      case RESULT_OVERDUE ->
          "Look the exam up at Pearson VUE; then import its record, or mark a no-show.";
      case PASSED_NOT_BOUND ->
          "Submit Candidate ID and Registration ID to bind the certificate of exam %s."
              .formatted(row.examId());
      case CHECK_IDS ->
          "Compare Candidate ID and Registration ID with Pearson VUE and correct them; a record"
              + " that comes late still binds."
              + end;
      case CODE_OF_FORMER_MEMBER ->
          "Decide whether the code that is booked for exam %s stays with the former member or is"
                  .formatted(row.examId())
              + " revoked.";
    };
  }
}
