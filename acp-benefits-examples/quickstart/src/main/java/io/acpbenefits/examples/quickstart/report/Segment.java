package io.acpbenefits.examples.quickstart.report;

import java.util.List;

/** Part of a stacked bar: its look, what it is called, and how long it is. */
record Segment(String look, String label, long value) {

  private static final List<String> CODE_STATES =
      List.of("REDEEMED", "RESERVED", "ASSIGNED", "ISSUED", "FORFEITED", "EXPIRED", "REVOKED");

  /** From used to not yet handed out, then what is lost; unknown states come last. */
  static int orderOf(String codeState) {
    int order = CODE_STATES.indexOf(codeState);
    return order < 0 ? CODE_STATES.size() : order;
  }

  static List<Segment> of(ReportData.QuotaLine quota) {
    return List.of(
        new Segment("consumed", "issued", quota.consumed()),
        new Segment("held", "held", quota.held()),
        new Segment("available", "available", quota.available()),
        new Segment("expired", "expired", quota.expired()));
  }

  /** A state of an exam code; states that the library may learn later share a look. */
  static Segment ofCodes(String state, long count) {
    return switch (state) {
      case "ISSUED" -> new Segment("available", "not handed out", count);
      case "ASSIGNED" -> new Segment("assigned", "with a member", count);
      case "RESERVED" -> new Segment("held", "exam booked", count);
      case "REDEEMED" -> new Segment("consumed", "used", count);
      case "FORFEITED" -> new Segment("forfeited", "lost by no-show", count);
      case "EXPIRED" -> new Segment("expired", "expired", count);
      case "REVOKED" -> new Segment("other", "revoked", count);
      default -> new Segment("other", Words.phrase(state), count);
    };
  }
}
