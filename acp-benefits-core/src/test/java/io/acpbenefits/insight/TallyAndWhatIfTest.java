package io.acpbenefits.insight;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.certificate.Certificate;
import io.acpbenefits.certificate.CertificateId;
import io.acpbenefits.certificate.Tally;
import io.acpbenefits.certificate.TallyPolicy;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.IdPair;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyAndWhatIfTest {

  private static final PageRequest ALL = PageRequest.first(100);

  private CoreFixture it = new CoreFixture();
  private int sittings;

  /** Passes an exam and binds the certificate. */
  private Certificate certificate(AccountId account, ExamId exam) {
    IdPair ids = new IdPair("C-" + ++sittings, "R");
    it.benefits
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(ids, exam, it.clock.instant(), ExamOutcome.PASS, null, null));
    it.benefits.bindings().submit(new Actor.Account(account), exam, ids);
    return it.benefits.certificates().ofAccount(Actor.system(), account).stream()
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  /** Ann has two certificates of one exam and one of another, Ben one. */
  private Certificate annAndBen() {
    it.member(it.ann);
    it.member(it.ben);
    certificate(it.ann, it.cloud);
    certificate(it.ann, it.cloud);
    certificate(it.ann, it.security);
    return certificate(it.ben, it.cloud);
  }

  private Tally tally(ExamId exam, long certificates, long people) {
    return new Tally(it.acme, exam, ExamLevel.ACP, certificates, people);
  }

  private List<TallyForecast> whatIf(WhatIf supposed) {
    return it.benefits.insights().whatIf(it.owner, it.acme, supposed, ALL).items();
  }

  private TallyForecast forecast(ExamId exam, Count now, Count then) {
    return new TallyForecast(exam, ExamLevel.ACP, now, then);
  }

  @Test
  void talliesPerExamAndCountsEachPersonOncePerLevel() {
    annAndBen();
    Insights insights = it.benefits.insights();
    Page<Tally> first = insights.tally(it.owner, it.acme, PageRequest.first(1));
    assertThat(first.items()).containsExactly(tally(it.cloud, 3, 2));
    Page<Tally> second =
        insights.tally(it.owner, it.acme, new PageRequest(first.next().orElseThrow(), 1));
    assertThat(second.items()).containsExactly(tally(it.security, 1, 1));
    assertThat(second.next()).isEmpty();
    assertThat(insights.tallyByLevel(it.owner, it.acme))
        .containsExactly(new LevelTally(ExamLevel.ACP, new Count(4, 2)));
  }

  @Test
  void talliesAsOfAPastInstant() {
    Instant before = it.clock.instant();
    it.clock.advance(Duration.ofDays(1));
    Certificate bens = annAndBen();
    Instant all = it.clock.instant();
    it.clock.advance(Duration.ofDays(1));
    it.benefits.organizations().quit(new Actor.Account(it.ann));
    Instant annLeft = it.clock.instant();
    it.clock.advance(Duration.ofDays(1));
    it.benefits.certificates().suspend(it.operator, bens.certificateId(), "looked into");
    Insights insights = it.benefits.insights();

    assertThat(insights.tally(it.owner, it.acme, before, ALL).items()).isEmpty();
    assertThat(insights.tallyByLevel(it.owner, it.acme, before)).isEmpty();
    assertThat(insights.tally(it.owner, it.acme, all, ALL).items())
        .containsExactly(tally(it.cloud, 3, 2), tally(it.security, 1, 1));
    assertThat(insights.tallyByLevel(it.owner, it.acme, all))
        .containsExactly(new LevelTally(ExamLevel.ACP, new Count(4, 2)));
    assertThat(insights.tally(it.owner, it.acme, annLeft.minusNanos(1000), ALL).items()).hasSize(2);
    assertThat(insights.tally(it.owner, it.acme, annLeft, ALL).items())
        .containsExactly(tally(it.cloud, 1, 1));
    assertThat(insights.tallyByLevel(it.owner, it.acme, annLeft))
        .containsExactly(new LevelTally(ExamLevel.ACP, new Count(1, 1)));
    assertThat(insights.tallyByLevel(it.owner, it.acme, it.clock.instant())).isEmpty();
    assertThat(insights.tallyByLevel(it.owner, it.acme)).isEmpty();
    Instant future = it.clock.instant().plusSeconds(1);
    assertRefused(Reason.INVALID_INPUT, () -> insights.tally(it.owner, it.acme, future, ALL));
    assertRefused(Reason.INVALID_INPUT, () -> insights.tallyByLevel(it.owner, it.acme, future));
  }

  @Test
  void anExpiredCertificateNoLongerCountsWhetherOrNotThatWasWritten() {
    annAndBen();
    it.sql(
        "UPDATE acp_certificate SET valid_until = TIMESTAMP '2026-03-02 09:00:00'"
            + " WHERE account_id = 'ann'");
    it.clock.advance(Duration.ofDays(1).minusSeconds(1));
    assertThat(it.benefits.insights().tallyByLevel(it.owner, it.acme).get(0).count())
        .isEqualTo(new Count(4, 2));
    it.clock.advance(Duration.ofSeconds(1));
    assertThat(it.benefits.insights().tallyByLevel(it.owner, it.acme).get(0).count())
        .isEqualTo(new Count(1, 1));
    assertThat(whatIf(WhatIf.NOTHING.leaves(it.ann)).get(0).difference()).isEqualTo(Count.NONE);
  }

  @Test
  void ifSomebodyLeavesAllTheyHoldNoLongerCounts() {
    annAndBen();
    assertThat(whatIf(WhatIf.NOTHING.leaves(it.ann)))
        .containsExactly(
            forecast(it.cloud, new Count(3, 2), new Count(1, 1)),
            forecast(it.security, new Count(1, 1), Count.NONE));
    assertThat(
            it.benefits.insights().whatIfByLevel(it.owner, it.acme, WhatIf.NOTHING.leaves(it.ann)))
        .singleElement()
        .satisfies(level -> assertThat(level.difference()).isEqualTo(new Count(-3, -1)));
  }

  @Test
  void ifLeaversKeepCountingNothingChanges() {
    it = new CoreFixture(Policies.DEFAULT.with(TallyPolicy.LEAVERS_TOO));
    annAndBen();
    assertThat(whatIf(WhatIf.NOTHING.leaves(it.ann)))
        .allSatisfy(line -> assertThat(line.difference()).isEqualTo(Count.NONE))
        .hasSize(2);
    assertThat(whatIf(WhatIf.NOTHING.leaves(it.ann).passes(it.ann, it.security)))
        .last()
        .isEqualTo(forecast(it.security, new Count(1, 1), new Count(2, 1)));
  }

  @Test
  void ifOneOfTwoCertificatesExpiresItsHolderStillCounts() {
    annAndBen();
    CertificateId one =
        it.benefits.certificates().ofAccount(Actor.system(), it.ann).get(0).certificateId();
    assertThat(whatIf(WhatIf.NOTHING.expires(one)).get(0))
        .isEqualTo(forecast(it.cloud, new Count(3, 2), new Count(2, 2)));
  }

  @Test
  void ifAMemberPassesTheCertificateCountsAndThePersonOnlyOnce() {
    Certificate bens = annAndBen();
    assertThat(
            whatIf(
                WhatIf.NOTHING
                    .passes(it.ben, it.security)
                    .passes(it.ann, it.security)
                    .expires(bens.certificateId())))
        .containsExactly(
            forecast(it.cloud, new Count(3, 2), new Count(2, 1)),
            forecast(it.security, new Count(1, 1), new Count(3, 2)));
  }

  @Test
  void whoeverPassesAndLeavesDoesNotCount() {
    it.member(it.ann);
    assertThat(whatIf(WhatIf.NOTHING.passes(it.ann, it.cloud).leaves(it.ann))).isEmpty();
  }

  @Test
  void supposingWritesNothing() {
    Certificate bens = annAndBen();
    List<String> before = contents();
    whatIf(WhatIf.NOTHING.leaves(it.ann).expires(bens.certificateId()).passes(it.ben, it.security));
    assertThat(contents()).isEqualTo(before);
    assertThat(it.benefits.insights().tally(it.owner, it.acme, ALL).items())
        .containsExactly(tally(it.cloud, 3, 2), tally(it.security, 1, 1));
  }

  private List<String> contents() {
    List<String> contents = new ArrayList<>();
    try (Connection connection = it.database.getConnection();
        Statement query = connection.createStatement()) {
      for (String table : List.of("certificate", "membership", "audit_entry", "exam_record")) {
        try (ResultSet rows =
            query.executeQuery("SELECT * FROM acp_%s ORDER BY 1".formatted(table))) {
          while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              contents.add(rows.getString(column));
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return contents;
  }

  @Test
  void whatCannotHappenIsRefused() {
    Certificate bens = annAndBen();
    AccountId zoe = AccountId.of("zoe");
    assertRefused(Reason.NOT_A_MEMBER, () -> whatIf(WhatIf.NOTHING.leaves(zoe)));
    assertRefused(Reason.NOT_A_MEMBER, () -> whatIf(WhatIf.NOTHING.passes(zoe, it.cloud)));
    assertRefused(Reason.NOT_FOUND, () -> whatIf(WhatIf.NOTHING.passes(it.ann, ExamId.of("none"))));
    assertRefused(Reason.NOT_FOUND, () -> whatIf(WhatIf.NOTHING.expires(CertificateId.of("none"))));
    ExamId retired = it.retiringExam(it.start, it.start);
    assertRefused(Reason.EXAM_RETIRED, () -> whatIf(WhatIf.NOTHING.passes(it.ann, retired)));
    AccountId[] many = new AccountId[WhatIf.MOST];
    for (int i = 0; i < many.length; i++) {
      many[i] = AccountId.of("a" + i);
    }
    WhatIf most = WhatIf.NOTHING.leaves(many);
    assertRefused(Reason.INVALID_INPUT, () -> most.expires(bens.certificateId()));
  }

  @Test
  void anotherOrganizationsCertificateIsNotThere() {
    Actor.Account bob = new Actor.Account(AccountId.of("bob"));
    PartnerId beta = PartnerId.of("beta");
    it.partner(beta, bob.id());
    Certificate bens = annAndBen();
    assertRefused(
        Reason.NOT_FOUND,
        () ->
            it.benefits
                .insights()
                .whatIf(bob, beta, WhatIf.NOTHING.expires(bens.certificateId()), ALL));
    assertThat(it.benefits.insights().tally(bob, beta, ALL).items()).isEmpty();
  }
}
