package io.acpbenefits.invitation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A line of the applicants list.
 *
 * @param request the request as it stands at the instant it was read: who, since when, whether it
 *     waits
 * @param dueAt when its decision is due; empty if it waits or is not open any more
 * @param form the fields that the applicant filled in, by their names; empty for those who may read
 *     the list, but may not decide
 */
public record Applicant(
    JoinRequest request, Optional<Instant> dueAt, Optional<Map<String, String>> form) {

  /** Keeps the fields from being changed. */
  public Applicant {
    form = form.map(Map::copyOf);
  }

  /** Never shows what the applicant filled in. */
  @Override
  public String toString() {
    return "Applicant[" + request.requestId() + ", " + request.state() + "]";
  }
}
