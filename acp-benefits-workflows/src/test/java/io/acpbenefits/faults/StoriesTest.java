package io.acpbenefits.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase;
import io.acpbenefits.common.Operation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is played is everything that can be done, so that nodes are killed at all of it. */
@OnlyOn(
    value = TestDatabase.Kind.H2,
    because = "These tests have a server of their own; once is enough.")
class StoriesTest {

  private static final Set<Operation> NOT_PLAYED =
      EnumSet.of(
          // What the passing of days brings about, each row in a transaction of its own.
          Operation.ACTIVATE_QUOTA,
          Operation.EXPIRE_QUOTA,
          Operation.EXPIRE_CODE,
          Operation.EXPIRE_INVITATION,
          Operation.EXPIRE_JOIN_REQUEST,
          Operation.EXPIRE_CERTIFICATE,
          Operation.LAPSE_BINDING,
          Operation.RELEASE_CODE,
          Operation.APPLY_RETENTION,
          // What comes after a port has failed, as the tests with failing ports have it.
          Operation.ASK_PEARSON_VUE,
          Operation.POSTPONE_BOOKING,
          Operation.REFUSE_BOOKING,
          Operation.GIVE_UP_BOOKING,
          Operation.RETRY_BOOKING,
          Operation.ABANDON_BOOKING,
          Operation.POSTPONE_NOTICE,
          Operation.GIVE_UP_NOTICE,
          Operation.RETRY_NOTICE,
          Operation.DISCARD_NOTICE,
          Operation.RETRY_GIVE_BACK,
          Operation.SETTLE_GIVE_BACK,
          // What operators do to processes that stand still or are of an earlier version.
          Operation.RETRY_INCIDENT,
          Operation.CORRECT_INCIDENT,
          Operation.RESOLVE_DISAGREEMENT,
          Operation.UPGRADE_PROCESSES,
          // With a policy that follows the certificates.
          Operation.RECALCULATE_QUOTA,
          // These stand in the ledger.
          Operation.HOLD_QUOTA,
          Operation.RELEASE_QUOTA,
          Operation.CONSUME_QUOTA);

  @Test
  void everyOperationThatIsWrittenToTheAuditIsPlayed() throws SQLException {
    Set<String> played;
    try (Connection connection = DriverManager.getConnection(Ground.shared().url)) {
      played =
          new TreeSet<>(Checker.rows(connection, "SELECT DISTINCT operation FROM acp_audit_entry"));
    }
    Set<String> toBePlayed =
        Stream.of(Operation.values())
            .filter(operation -> !NOT_PLAYED.contains(operation))
            .map(Operation::name)
            .filter(name -> !name.matches("(SEE|LIST|PREVIEW)_.*|CHECK_QUOTAS"))
            .collect(Collectors.toSet());

    assertThat(played).containsExactlyInAnyOrderElementsOf(toBePlayed);
  }
}
