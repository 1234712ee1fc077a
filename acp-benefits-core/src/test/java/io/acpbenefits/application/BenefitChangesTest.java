package io.acpbenefits.application;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenefitChangesTest {

  private final CoreFixture it = new CoreFixture();
  private final BenefitChanges changes = it.benefits.benefitChanges();

  @Test
  void recordsEachActThatChangedTheQuota() {
    it.quota(ExamLevel.ACP, 10);
    BenefitApplication fulfilled = it.codes("CODE1", "CODE2");
    BenefitApplication canceled = it.benefits.applications().apply(it.owner, it.acme, it.cloud, 3);
    it.benefits.applications().cancel(it.owner, canceled.applicationId());

    assertThat(changes.ofPartner(it.owner, it.acme))
        .extracting(BenefitChange::kind, BenefitChange::quantity, BenefitChange::applicationId)
        .containsExactly(
            tuple(BenefitChange.Kind.HELD, 2L, fulfilled.applicationId()),
            tuple(BenefitChange.Kind.CODES_ISSUED, 2L, fulfilled.applicationId()),
            tuple(BenefitChange.Kind.HELD, 3L, canceled.applicationId()),
            tuple(BenefitChange.Kind.RELEASED, 3L, canceled.applicationId()));
  }

  @Test
  void showsTheIssuedCodesInBracketsAndNothingElsewhere() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("ACPX7K2M9Q", "acpx8l3n0r");
    it.codes("OTHER1");

    assertThat(changes.ofPartner(it.owner, it.acme))
        .extracting(change -> changes.details(it.owner, change.changeId()))
        .containsExactly(
            "", "Cloud Computing [ACPX7K2M9Q] [ACPX8L3N0R]", "", "Cloud Computing [OTHER1]");
  }

  @Test
  void areOnlyForThePartnersOwnersAndManagers() {
    it.quota(ExamLevel.ACP, 10);
    it.codes("CODE1");
    BenefitChangeId issued = changes.ofPartner(it.owner, it.acme).get(1).changeId();
    Actor.Account boss = new Actor.Account(AccountId.of("boss"));
    it.partner(PartnerId.of("beta"), boss.id());

    for (Actor actor : List.of(it.member(it.ann), boss)) {
      assertRefused(Reason.NOT_PERMITTED, () -> changes.ofPartner(actor, it.acme));
      assertRefused(Reason.NOT_PERMITTED, () -> changes.details(actor, issued));
    }
    assertRefused(Reason.NOT_FOUND, () -> changes.details(it.owner, BenefitChangeId.of("x")));
  }
}
