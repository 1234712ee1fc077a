package io.acpbenefits.application;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.application.BenefitChange.Kind;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Who;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.permission.Permissions;
import io.acpbenefits.quota.QuotaId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenefitChangesTest {

  private final CoreFixture it = new CoreFixture();
  private final BenefitChanges changes = it.benefits.benefitChanges();

  private List<BenefitChange> all(BenefitChangeFilter filter) {
    return changes.ofPartner(it.owner, it.acme, filter, PageRequest.first(100)).items();
  }

  private List<BenefitChange> all() {
    return all(BenefitChangeFilter.ALL);
  }

  @Test
  void recordsEachActOfAnApplicationThatChangedTheQuota() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplication fulfilled = it.codes("CODE1", "CODE2");
    BenefitApplication canceled = it.benefits.applications().apply(it.owner, it.acme, it.cloud, 3);
    it.benefits.applications().cancel(it.owner, canceled.applicationId());

    assertThat(all())
        .extracting(BenefitChange::kind, BenefitChange::quantity, BenefitChange::applicationId)
        .containsExactly(
            tuple(Kind.GRANTED, 10L, null),
            tuple(Kind.HELD, 2L, fulfilled.applicationId()),
            tuple(Kind.CODES_ISSUED, 2L, fulfilled.applicationId()),
            tuple(Kind.HELD, 3L, canceled.applicationId()),
            tuple(Kind.RELEASED, 3L, canceled.applicationId()));
    assertThat(all().get(1))
        .extracting(
            BenefitChange::partnerId,
            BenefitChange::quotaId,
            BenefitChange::level,
            BenefitChange::examId,
            BenefitChange::madeAt,
            BenefitChange::madeBy)
        .containsExactly(
            it.acme, it.onlyQuota().quotaId(), ExamLevel.ACP, it.cloud, it.start, "account:olga");
  }

  @Test
  void recordsEachActOfTheQuotaItself() {
    QuotaId quota = it.quota(ExamLevel.ACP, 10).quotaId();
    var quotas = it.benefits.quotas();
    quotas.adjust(it.operator, quota, 5, "earned");
    quotas.adjust(it.operator, quota, -2, "a mistake");
    BenefitApplication open = it.benefits.applications().apply(it.owner, it.acme, it.cloud, 3);
    quotas.suspend(it.operator, quota, "looked into");
    quotas.resume(it.operator, quota, "fine");
    quotas.revoke(it.operator, quota, "not fine");
    it.benefits.applications().cancel(it.owner, open.applicationId());

    assertThat(all())
        .extracting(BenefitChange::kind, BenefitChange::quantity, BenefitChange::madeBy)
        .containsExactly(
            tuple(Kind.GRANTED, 10L, "operator:otto"),
            tuple(Kind.ADJUSTED, 5L, "operator:otto"),
            tuple(Kind.ADJUSTED, -2L, "operator:otto"),
            tuple(Kind.HELD, 3L, "account:olga"),
            tuple(Kind.SUSPENDED, 10L, "operator:otto"),
            tuple(Kind.RESUMED, 10L, "operator:otto"),
            tuple(Kind.REVOKED, 10L, "operator:otto"),
            tuple(Kind.RELEASED, 3L, "account:olga"),
            tuple(Kind.EXPIRED, 3L, "account:olga"));
  }

  @Test
  void recordsThatAQuotaRanOut() {
    it.quota(ExamLevel.ACP, 10);
    it.clock.advance(Duration.ofDays(365));
    it.benefits.settleDue();
    assertThat(all())
        .extracting(BenefitChange::kind, BenefitChange::quantity, BenefitChange::madeBy)
        .containsExactly(
            tuple(Kind.GRANTED, 10L, "operator:otto"), tuple(Kind.EXPIRED, 10L, "system"));
  }

  @Test
  void areFilteredByKindLevelExamAndTime() {
    it.quota(ExamLevel.ACP, 10);
    it.quota(ExamLevel.ACE, 7);
    ExamId expert = ExamId.of("expert");
    it.exam(expert, "Expert", ExamLevel.ACE);
    it.clock.advance(Duration.ofDays(1));
    it.codes("CODE1");
    it.codes(it.security, "CODE2");
    it.clock.advance(Duration.ofDays(1));
    it.codes(expert, "CODE3");

    assertThat(all(BenefitChangeFilter.ALL.of(Kind.GRANTED))).hasSize(2);
    assertThat(all(BenefitChangeFilter.ALL.of(ExamLevel.ACE)))
        .extracting(BenefitChange::kind)
        .containsExactly(Kind.GRANTED, Kind.HELD, Kind.CODES_ISSUED);
    assertThat(all(BenefitChangeFilter.ALL.of(it.security)))
        .extracting(BenefitChange::kind)
        .containsExactly(Kind.HELD, Kind.CODES_ISSUED);
    assertThat(all(BenefitChangeFilter.ALL.of(it.security).of(Kind.HELD))).hasSize(1);
    assertThat(all(BenefitChangeFilter.ALL.of(it.security).of(ExamLevel.ACE))).isEmpty();

    Instant day = it.start.plus(Duration.ofDays(1));
    Instant instant = day.plusNanos(1000);
    assertThat(all(BenefitChangeFilter.ALL.in(day, instant))).hasSize(4);
    assertThat(all(BenefitChangeFilter.ALL.in(instant, it.in(Duration.ZERO)))).isEmpty();
    assertThat(all(BenefitChangeFilter.ALL.in(it.start, day))).hasSize(2);
    assertThat(all(BenefitChangeFilter.ALL.in(day, it.in(Duration.ofDays(9))).of(Kind.HELD)))
        .hasSize(3);
    assertRefused(Reason.INVALID_INPUT, () -> BenefitChangeFilter.ALL.in(day, day));
  }

  @Test
  void comePageByPageEachOnce() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("CODE1");
    it.codes("CODE2");
    List<BenefitChange> collected = new ArrayList<>();
    Optional<PageRequest> next = Optional.of(PageRequest.first(2));
    int pages = 0;
    while (next.isPresent()) {
      PageRequest request = next.get();
      Page<BenefitChange> page =
          changes.ofPartner(it.owner, it.acme, BenefitChangeFilter.ALL, request);
      assertThat(page.items()).hasSizeBetween(1, 2);
      collected.addAll(page.items());
      next = page.next().map(request::then);
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(collected).isEqualTo(all()).hasSize(5);
  }

  @Test
  void showTheIssuedCodesInBracketsAndNothingElsewhere() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("ACPX7K2M9Q", "acpx8l3n0r");
    it.codes("OTHER1");

    assertThat(all())
        .extracting(change -> changes.details(it.owner, change.changeId()).text())
        .containsExactly(
            "", "", "Cloud Computing [ACPX7K2M9Q] [ACPX8L3N0R]", "", "Cloud Computing [OTHER1]");
    assertThat(all())
        .extracting(change -> changes.details(it.owner, change.changeId()).examName())
        .containsExactly(
            null, "Cloud Computing", "Cloud Computing", "Cloud Computing", "Cloud Computing");
    BenefitChange issued = all().get(2);
    BenefitChangeDetails details = changes.details(it.owner, issued.changeId());
    assertThat(details.change()).isEqualTo(issued);
    assertThat(details.toString()).contains("2M9Q").doesNotContain("ACPX");
  }

  @Test
  void areOnlyForThePartnersOwnersAndManagersAndNotThereForStrangers() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("CODE1");
    BenefitChangeId issued = all().get(2).changeId();
    Actor.Account boss = new Actor.Account(AccountId.of("boss"));
    it.partner(PartnerId.of("beta"), boss.id());
    Actor.Account ann = it.member(it.ann);

    for (Actor actor : List.of(ann, boss)) {
      assertRefused(
          Reason.NOT_PERMITTED,
          () -> changes.ofPartner(actor, it.acme, BenefitChangeFilter.ALL, PageRequest.first(1)));
    }
    assertRefused(Reason.NOT_PERMITTED, () -> changes.details(ann, issued));
    assertRefused(Reason.NOT_FOUND, () -> changes.details(boss, issued));
    assertRefused(Reason.NOT_FOUND, () -> changes.details(it.owner, BenefitChangeId.of("x")));
  }

  @Test
  void showNoCodesToThoseWhoMayReadRecordsButNotRevealCodes() {
    CoreFixture strict =
        new CoreFixture(
            builder ->
                builder.permissions(
                    Permissions.DEFAULT.allow(Operation.REVEAL_CODE, Who.SELF, Who.OPERATOR)));
    strict.quota(ExamLevel.ACP, 10);
    strict.codes("CODE1");
    BenefitChanges records = strict.benefits.benefitChanges();
    BenefitChange issued =
        records
            .ofPartner(strict.owner, strict.acme, BenefitChangeFilter.ALL, PageRequest.first(9))
            .items()
            .get(2);

    BenefitChangeDetails withheld = records.details(strict.owner, issued.changeId());
    assertThat(withheld.codes()).isEmpty();
    assertThat(withheld.text()).isEmpty();
    assertThat(records.details(strict.operator, issued.changeId()).text())
        .isEqualTo("Cloud Computing [CODE1]");
  }
}
