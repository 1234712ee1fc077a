package io.acpbenefits.examcode;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.examcode.RowReport.Done;
import io.acpbenefits.examcode.RowReport.Problem;
import io.acpbenefits.idempotency.RequestKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BulkAssignmentsTest {

  private final CodeFixture it = new CodeFixture();
  private final BulkAssignments bulk = it.core.benefits.bulkAssignments();
  private final Actor owner = it.core.owner;
  private final AccountId stranger = AccountId.of("stranger");

  private RowReport assign(boolean dryRun, AccountId... accounts) {
    return bulk.assign(owner, it.core.acme, it.core.cloud, List.of(accounts), dryRun, null);
  }

  private RowReport giveBack(boolean dryRun, AccountId... accounts) {
    return bulk.giveBack(owner, it.core.acme, it.core.cloud, List.of(accounts), dryRun, null);
  }

  private static InputStream file(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void goodRowsStandAndBadOnesAreReportedByTheirPlace() {
    ExamCodeId first = it.issued("CODE1");
    ExamCodeId second = it.issued("CODE2");

    RowReport report =
        assign(false, it.core.ann, stranger, it.core.ann, it.core.ben, it.core.owner.id());

    assertThat(report)
        .isEqualTo(
            new RowReport(
                false,
                List.of(new Done(1, first), new Done(4, second)),
                List.of(
                    new Problem(
                        2,
                        Reason.NOT_A_MEMBER,
                        "This account is not an active member of the organization."),
                    new Problem(
                        3,
                        Reason.CODE_ALREADY_HELD,
                        "This member holds an open code for exam cloud already."),
                    new Problem(
                        5,
                        Reason.NO_CODE_AVAILABLE,
                        "Partner acme has no issued code for exam cloud left; apply for more."))));
    assertThat(it.get(first).holder()).isEqualTo(it.core.ann);
    assertThat(it.get(second).holder()).isEqualTo(it.core.ben);
  }

  @Test
  void aDryRunOfAssigningFindsTheSameAndChangesNothing() {
    it.issued("CODE1");
    it.issued("CODE2");
    it.told.clear();
    AccountId[] accounts = {it.core.ann, stranger, it.core.ann, it.core.ben, it.core.owner.id()};

    RowReport dry = assign(true, accounts);

    assertThat(it.told).isEmpty();
    assertThat(it.audited(Operation.ASSIGN_CODE)).isZero();
    RowReport real = assign(false, accounts);
    assertThat(dry.dryRun()).isTrue();
    assertThat(dry.done()).isEqualTo(real.done()).hasSize(2);
    assertThat(dry.problems())
        .extracting(Problem::line, Problem::reason)
        .containsExactly(
            tuple(2L, Reason.NOT_A_MEMBER),
            tuple(3L, Reason.CODE_ALREADY_HELD),
            tuple(5L, Reason.NO_CODE_AVAILABLE));
  }

  @Test
  void assignsPairsFromAFile() {
    ExamCodeId cloud = it.issued("CODE1");
    ExamCodeId security = it.issued(it.core.security, "CODE2");
    String text = "exam_id,account_id\ncloud,ann\n\"security\", ann \nweaving,ann\ncloud,\n";
    RowReport dry = bulk.assign(owner, it.core.acme, file(text), true, null);
    RowReport report = bulk.assign(owner, it.core.acme, file(text), false, null);

    assertThat(report.done()).containsExactly(new Done(2, cloud), new Done(3, security));
    assertThat(report.problems())
        .extracting(Problem::line, Problem::reason)
        .containsExactly(tuple(4L, Reason.NOT_FOUND), tuple(5L, Reason.INVALID_INPUT));
    assertThat(dry.done()).isEqualTo(report.done());
    assertThat(dry.problems()).isEqualTo(report.problems());
    assertThat(it.codes.openCodes(it.ann, it.core.ann)).hasSize(2);
    assertRefused(
        Reason.INVALID_INPUT,
        () -> bulk.assign(owner, it.core.acme, file("account_id\nann\n"), true, null));
  }

  @Test
  void anExamsNameWillDoInAFile() {
    ExamCodeId id = it.issued("CODE1");
    assertThat(
            bulk.assign(
                    owner,
                    it.core.acme,
                    file("account_id,exam_name\nann,cloud computing\n"),
                    false,
                    null)
                .done())
        .containsExactly(new Done(2, id));
  }

  @Test
  void takesBackWhatIsAssignedAndReportsTheRest() {
    ExamCodeId anns = it.assigned("CODE1");
    ExamCodeId bens = it.issued("CODE2");
    it.codes.assign(owner, bens, it.core.ben);
    it.use()
        .reserve(
            it.core.ben,
            bens,
            it.core.cloud,
            it.core.clock.instant(),
            it.core.in(java.time.Duration.ofDays(3)));
    AccountId[] accounts = {it.core.ann, it.core.ann, it.core.ben, stranger};

    RowReport dry = giveBack(true, accounts);
    assertThat(it.state(anns)).isEqualTo(ExamCodeState.ASSIGNED);
    RowReport report = giveBack(false, accounts);

    assertThat(report.done()).containsExactly(new Done(1, anns));
    assertThat(report.problems())
        .extracting(Problem::line, Problem::reason)
        .containsExactly(
            tuple(2L, Reason.NO_CODE_AVAILABLE),
            tuple(3L, Reason.ILLEGAL_STATE),
            tuple(4L, Reason.NO_CODE_AVAILABLE));
    assertThat(dry.done()).isEqualTo(report.done());
    assertThat(dry.problems()).isEqualTo(report.problems());
    assertThat(it.state(anns)).isEqualTo(ExamCodeState.ISSUED);
  }

  @Test
  void takesBackPairsFromAFile() {
    ExamCodeId id = it.assigned("CODE1");
    String text = "account_id,exam_id\nann,cloud\nann,security\n";
    assertThat(bulk.giveBack(owner, it.core.acme, file(text), true, null).done())
        .containsExactly(new Done(2, id));
    RowReport report = bulk.giveBack(owner, it.core.acme, file(text), false, null);
    assertThat(report.done()).containsExactly(new Done(2, id));
    assertThat(report.problems()).extracting(Problem::line).containsExactly(3L);
  }

  @Test
  void sentAgainWithItsKeyNothingIsDoneTwiceAndWhatWasRefusedIsTriedAgain() {
    ExamCodeId first = it.issued("CODE1");
    RequestKey key = RequestKey.of("k");
    List<AccountId> accounts = List.of(it.core.ann, it.core.ben);
    assertThat(bulk.assign(owner, it.core.acme, it.core.cloud, accounts, false, key).problems())
        .hasSize(1);
    it.codes.giveBack(it.ann, first);
    ExamCodeId second = it.issued("CODE2");

    RowReport again = bulk.assign(owner, it.core.acme, it.core.cloud, accounts, false, key);

    assertThat(again.done()).containsExactly(new Done(1, first), new Done(2, first));
    assertThat(it.state(second)).isEqualTo(ExamCodeState.ISSUED);
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> bulk.assign(owner, it.core.acme, it.core.cloud, List.of(it.core.ann), false, key));
    assertRefused(
        Reason.REQUEST_KEY_REUSED,
        () -> bulk.giveBack(owner, it.core.acme, it.core.cloud, accounts, false, key));
  }

  @Test
  void takingBackWithAKeyIsDoneOnce() {
    ExamCodeId id = it.assigned("CODE1");
    RequestKey key = RequestKey.of("k");
    List<AccountId> accounts = List.of(it.core.ann);
    bulk.giveBack(owner, it.core.acme, it.core.cloud, accounts, false, key);
    it.codes.assign(owner, id, it.core.ann);
    assertThat(bulk.giveBack(owner, it.core.acme, it.core.cloud, accounts, false, key).done())
        .containsExactly(new Done(1, id));
    assertThat(it.state(id)).isEqualTo(ExamCodeState.ASSIGNED);
  }

  @Test
  void whatBreaksHalfWayLeavesTheRowsBeforeItDoneAndCanBeSentAgain() {
    ExamCodeId first = it.issued("CODE1");
    it.issued("CODE2");
    AtomicInteger assigned = new AtomicInteger();
    it.core.benefits.addListener(
        event -> {
          if (event instanceof ExamCodeChanged code
              && code.to() == ExamCodeState.ASSIGNED
              && assigned.incrementAndGet() == 2) {
            throw new IllegalStateException("the power failed");
          }
        });
    RequestKey key = RequestKey.of("k");
    List<AccountId> accounts = List.of(it.core.ann, it.core.ben);
    assertThatThrownBy(() -> bulk.assign(owner, it.core.acme, it.core.cloud, accounts, false, key))
        .hasMessage("the power failed");
    assertThat(it.get(first).holder()).isEqualTo(it.core.ann);

    RowReport report = bulk.assign(owner, it.core.acme, it.core.cloud, accounts, false, key);

    assertThat(report.done()).extracting(Done::line).containsExactly(1L, 2L);
    assertThat(it.codes.openCodes(it.ben, it.core.ben)).hasSize(1);
    assertThat(it.audited(Operation.ASSIGN_CODE)).isEqualTo(2);
  }

  @Test
  void takesUpTo10000Rows() {
    RowByRow.requireFew(10_000);
    List<AccountId> more = Collections.nCopies(10_001, stranger);
    assertRefused(
        Reason.INVALID_INPUT,
        () -> bulk.giveBack(owner, it.core.acme, it.core.cloud, more, true, null));
    assertRefused(
        Reason.INVALID_INPUT,
        () -> bulk.assign(owner, it.core.acme, it.core.cloud, more, true, null));
  }

  @Test
  void aDryRunKnowsThatNothingIsAssignedAtASuspendedPartner() {
    it.issued("CODE1");
    it.core.benefits.partners().suspend(it.core.operator, it.core.acme, "unpaid");
    assertThat(assign(true, it.core.ann).problems())
        .extracting(Problem::reason)
        .containsExactly(Reason.PARTNER_SUSPENDED);
  }

  @Test
  void onlyOwnersAndManagersOfThePartnerMay() {
    List<AccountId> accounts = List.of(it.core.ann);
    for (Actor actor : List.of(it.ann, it.boss)) {
      assertRefused(
          Reason.NOT_PERMITTED,
          () -> bulk.assign(actor, it.core.acme, it.core.cloud, accounts, true, null));
      assertRefused(
          Reason.NOT_PERMITTED,
          () -> bulk.giveBack(actor, it.core.acme, it.core.cloud, accounts, true, null));
      assertRefused(
          Reason.NOT_PERMITTED, () -> bulk.assign(actor, it.core.acme, file("x"), true, null));
      assertRefused(
          Reason.NOT_PERMITTED, () -> bulk.giveBack(actor, it.core.acme, file("x"), true, null));
    }
  }
}
