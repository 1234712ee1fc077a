package io.acpbenefits.erasure;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.registration.IdPair;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every place where an account's id or a candidate's ids are kept. */
final class PersonalData {

  /** A column, and the table that it is in. */
  private record Place(String table, String column) {}

  /** Where accounts are referred to. */
  private static final List<Place> ACCOUNTS =
      List.of(
          new Place("acp_membership", "account_id"),
          new Place("acp_invitation", "invited_account"),
          new Place("acp_join_request", "account_id"),
          new Place("acp_exam_code", "holder"),
          new Place("acp_registration", "account_id"),
          new Place("acp_exam_booking_request", "account_id"),
          new Place("acp_exam_record", "account_id"),
          new Place("acp_certificate", "account_id"),
          new Place("acp_binding", "account_id"));

  /** Where it is said who did something, as {@code account:…}. */
  private static final List<Place> ACTORS =
      List.of(
          new Place("acp_quota_entry", "made_by"),
          new Place("acp_invitation", "created_by"),
          new Place("acp_join_request", "decided_by"),
          new Place("acp_application", "created_by"),
          new Place("acp_application", "decided_by"),
          new Place("acp_benefit_change", "made_by"),
          new Place("acp_audit_entry", "made_by"));

  /** Where a candidate's ids are kept beside the account. */
  private static final List<String> IDS =
      List.of("acp_registration", "acp_exam_record", "acp_binding");

  /** A candidate's ids, and the exam that they identify a record with. */
  record Ids(IdPair pair, ExamId exam) {}

  private final Connection connection;

  PersonalData(Connection connection) {
    this.connection = connection;
  }

  List<Ids> idsOf(AccountId account) throws SQLException {
    List<Ids> found = new ArrayList<>();
    for (String table : IDS) {
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT DISTINCT candidate_id, registration_id, exam_id FROM "
                  + table
                  + " WHERE account_id = ? AND candidate_id IS NOT NULL"
                  + " AND registration_id IS NOT NULL"
                  + " ORDER BY candidate_id, registration_id, exam_id")) {
        query.setString(1, account.value());
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            found.add(
                new Ids(
                    new IdPair(rows.getString(1), rows.getString(2)),
                    ExamId.of(rows.getString(3))));
          }
        }
      }
    }
    return found.stream().distinct().toList();
  }

  /** Puts a pseudonym in the place of the account's id, wherever it is. */
  void replace(AccountId account, AccountId pseudonym, String key) throws SQLException {
    // The key stays the account's: processes know it by nothing else.
    update(
        "UPDATE acp_account SET account_key = ? WHERE account_id = ?",
        "-" + key.substring(1),
        account.value());
    update(
        "INSERT INTO acp_account (account_id, account_key) VALUES (?, ?)", pseudonym.value(), key);
    for (Place place : ACCOUNTS) {
      replace(place, account.value(), pseudonym.value());
    }
    for (Place place : ACTORS) {
      replace(place, "account:" + account.value(), "account:" + pseudonym.value());
    }
    update("DELETE FROM acp_request_key WHERE actor = ?", "account:" + account.value());
    update("DELETE FROM acp_account WHERE account_id = ?", account.value());
  }

  private void replace(Place place, String old, String replacement) throws SQLException {
    update(
        "UPDATE "
            + place.table()
            + " SET "
            + place.column()
            + " = ? WHERE "
            + place.column()
            + " = ?",
        replacement,
        old);
  }

  void replace(AccountId account, Ids ids, IdPair erased) throws SQLException {
    for (String table : IDS) {
      update(
          "UPDATE "
              + table
              + " SET candidate_id = ?, registration_id = ? WHERE account_id = ?"
              + " AND candidate_id = ? AND registration_id = ? AND exam_id = ?",
          erased.candidateId(),
          erased.registrationId(),
          account.value(),
          ids.pair().candidateId(),
          ids.pair().registrationId(),
          ids.exam().value());
    }
    update(
        "UPDATE acp_record_key SET candidate_id = ?, registration_id = ?"
            + " WHERE candidate_id = ? AND registration_id = ? AND exam_id = ?",
        erased.candidateId(),
        erased.registrationId(),
        ids.pair().candidateId(),
        ids.pair().registrationId(),
        ids.exam().value());
  }

  /** What the account filled in, in any application form. */
  void deleteForms(AccountId account) throws SQLException {
    update(
        "DELETE FROM acp_join_request_field WHERE request_id IN"
            + " (SELECT request_id FROM acp_join_request WHERE account_id = ?)",
        account.value());
  }

  /** What was filled in for requests that were decided by an instant; how many requests. */
  int deleteFormsDecidedBy(Instant latest) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM acp_join_request_field WHERE request_id IN"
                + " (SELECT request_id FROM acp_join_request"
                + " WHERE state <> 'SUBMITTED' AND decided_at <= ?)")) {
      statement.setObject(1, LocalDateTime.ofInstant(latest, ZoneOffset.UTC));
      return statement.executeUpdate();
    }
  }

  /** Accounts that are in no organization, and were in none since an instant. */
  List<AccountId> formerMembers(Instant lastEnd, String after, int atMost) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT m.account_id FROM acp_membership m"
                + " WHERE m.account_id NOT LIKE 'erased-%' AND m.ended_at IS NOT NULL"
                + " AND NOT EXISTS (SELECT 1 FROM acp_membership other"
                + " WHERE other.account_id = m.account_id"
                + " AND (other.ended_at IS NULL OR other.ended_at > ?))"
                + " AND m.account_id > ? GROUP BY m.account_id ORDER BY m.account_id LIMIT "
                + atMost)) {
      query.setObject(1, LocalDateTime.ofInstant(lastEnd, ZoneOffset.UTC));
      query.setString(2, after);
      return texts(query).stream().map(AccountId::of).toList();
    }
  }

  Optional<String> keyOf(AccountId account) throws SQLException {
    return texts("SELECT account_key FROM acp_account WHERE account_id = ?", account).stream()
        .findFirst();
  }

  List<String> openRequests(AccountId account) throws SQLException {
    return texts(
        "SELECT request_id FROM acp_join_request WHERE account_id = ? AND state = 'SUBMITTED'"
            + " ORDER BY request_id",
        account);
  }

  List<String> pendingInvitations(AccountId account) throws SQLException {
    return texts(
        "SELECT invitation_id FROM acp_invitation WHERE invited_account = ? AND state = 'PENDING'"
            + " ORDER BY invitation_id",
        account);
  }

  private List<String> texts(String sql, AccountId account) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, account.value());
      return texts(query);
    }
  }

  private static List<String> texts(PreparedStatement query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private void update(String sql, String... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
