package io.acpbenefits.examples.quickstart.input;

import java.util.List;
import java.util.stream.Stream;

/** Which columns a CSV file has; the optional ones may be absent. */
record Columns(String file, List<String> required, List<String> optional) {

  static final Columns PARTNERS =
      new Columns("partners.csv", List.of("partner_id", "name", "tier", "main_account"), List.of());

  static final Columns EXAMS =
      new Columns(
          "exams.csv",
          List.of("exam_id", "name", "level", "end_of_sale", "end_of_life"),
          List.of("certificate_type", "instructions_url"));

  static final Columns QUOTAS =
      new Columns(
          "quotas.csv",
          List.of("partner_id", "level", "quantity", "valid_from", "valid_until"),
          List.of());

  static final Columns JOURNEY =
      new Columns(
          "journey.csv",
          List.of(
              "row",
              "at",
              "actor",
              "action",
              "partner_id",
              "exam_id",
              "account",
              "quantity",
              "payment",
              "delivery",
              "appointment",
              "candidate_id",
              "registration_id",
              "outcome",
              "ref"),
          List.of());

  List<String> all() {
    return Stream.concat(required.stream(), optional.stream()).toList();
  }
}
