package io.acpbenefits.invitation;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApplicantsTest {

  private static final Duration LIFE = Duration.ofDays(30);

  private final CoreFixture it =
      new CoreFixture(
          Policies.DEFAULT.with(
              InvitationPolicy.DEFAULT.withForm(
                  ApplicationForm.of(FormField.optional("name", "Name")))));
  private final JoinRequests requests = it.benefits.joinRequests();
  private final Actor.Account boss = new Actor.Account(AccountId.of("boss"));
  private final OrganizationId beta = it.partner(PartnerId.of("beta"), boss.id());

  private JoinRequest submit(AccountId account, Map<String, String> form) {
    return requests.submit(
        new Actor.Account(account),
        it.benefits.invitations().copyLink(it.owner, it.organization),
        form);
  }

  private Page<Applicant> page(Actor actor, ApplicantFilter filter, PageRequest page) {
    return requests.applicants(actor, it.organization, filter, page);
  }

  private List<JoinRequestId> ids(ApplicantFilter filter) {
    return page(it.owner, filter, PageRequest.first(100)).items().stream()
        .map(applicant -> applicant.request().requestId())
        .toList();
  }

  @Test
  void showsWhoSinceWhenUntilWhenAndTheForm() {
    JoinRequest ann = submit(it.ann, Map.of("name", "Ann"));
    JoinRequest waiting = submit(boss.id(), Map.of());

    assertThat(page(it.owner, ApplicantFilter.OPEN, PageRequest.first(2)).items())
        .containsExactly(
            new Applicant(
                ann, Optional.of(it.in(Duration.ofDays(7))), Optional.of(Map.of("name", "Ann"))),
            new Applicant(waiting, Optional.empty(), Optional.of(Map.of())));
    assertThat(page(it.owner, ApplicantFilter.OPEN, PageRequest.first(2)).toString())
        .as("what was filled in is not for logs")
        .doesNotContain("Ann");
    assertThat(ann.submittedAt()).isEqualTo(it.start);
    assertThat(waiting.waiting()).isTrue();
  }

  @Test
  void theDecisionIsDueCountedFromWhenItBecamePossible() {
    it.benefits.organizations().setRole(it.operator, beta, boss.id(), Role.OWNER);
    it.member(it.ben, beta);
    submit(it.ben, Map.of());
    it.clock.advance(Duration.ofDays(20));
    it.benefits.organizations().quit(new Actor.Account(it.ben));

    assertThat(page(it.owner, ApplicantFilter.TO_DECIDE, PageRequest.first(2)).items())
        .extracting(Applicant::dueAt)
        .containsExactly(Optional.of(it.in(Duration.ofDays(7))));
  }

  @Test
  void aManagerSeesTheListWithoutFormsAndOthersSeeNone() {
    it.benefits.organizations().admit(it.operator, it.organization, it.ben, Role.MANAGER);
    Actor.Account member = it.member(AccountId.of("max"));
    submit(it.ann, Map.of("name", "Ann"));
    PageRequest one = PageRequest.first(1);

    assertThat(page(new Actor.Account(it.ben), ApplicantFilter.OPEN, one).items())
        .singleElement()
        .satisfies(applicant -> assertThat(applicant.form()).isEmpty());
    for (Actor actor : List.of(member, boss, new Actor.Account(it.ann))) {
      assertRefused(Reason.NOT_PERMITTED, () -> page(actor, ApplicantFilter.OPEN, one));
    }
  }

  @Test
  void isCutIntoPages() {
    JoinRequestId first = submit(AccountId.of("a1"), Map.of("name", "A1")).requestId();
    JoinRequestId second = submit(AccountId.of("a2"), Map.of("name", "A2")).requestId();
    JoinRequestId third = submit(AccountId.of("a3"), Map.of("name", "A3")).requestId();
    PageRequest two = PageRequest.first(2);
    Page<Applicant> page = page(it.owner, ApplicantFilter.OPEN, two);
    assertThat(page.items())
        .extracting(applicant -> applicant.request().requestId())
        .containsExactly(first, second);
    requests.reject(it.owner, second);
    Page<Applicant> rest =
        page(it.owner, ApplicantFilter.OPEN, two.then(page.next().orElseThrow()));
    assertThat(rest.items())
        .singleElement()
        .satisfies(
            applicant -> {
              assertThat(applicant.request().requestId()).isEqualTo(third);
              assertThat(applicant.form()).contains(Map.of("name", "A3"));
            });
    assertThat(rest.next()).isEmpty();
  }

  @Test
  void filtersByWhereARequestStandsNow() {
    JoinRequestId late = submit(AccountId.of("late"), Map.of()).requestId();
    JoinRequestId lateElsewhere = submit(boss.id(), Map.of()).requestId();
    it.clock.advance(Duration.ofDays(1));
    it.member(it.ben, beta);
    JoinRequestId elsewhere = submit(it.ben, Map.of()).requestId();
    JoinRequestId decidable = submit(it.ann, Map.of()).requestId();
    JoinRequestId rejected = submit(AccountId.of("no"), Map.of()).requestId();
    requests.reject(it.owner, rejected);

    it.clock.set(it.start.plus(LIFE).minusNanos(1000));
    assertThat(ids(ApplicantFilter.OPEN))
        .containsExactly(late, lateElsewhere, elsewhere, decidable);
    assertThat(ids(new ApplicantFilter(JoinRequestState.EXPIRED, null))).isEmpty();
    it.clock.set(it.start.plus(LIFE));
    assertThat(ids(ApplicantFilter.ALL))
        .containsExactly(late, lateElsewhere, elsewhere, decidable, rejected);
    assertThat(ids(ApplicantFilter.OPEN)).containsExactly(elsewhere, decidable);
    assertThat(ids(ApplicantFilter.TO_DECIDE)).containsExactly(decidable);
    assertThat(ids(new ApplicantFilter(null, true))).containsExactly(elsewhere);
    assertThat(ids(new ApplicantFilter(null, false)))
        .containsExactly(late, lateElsewhere, decidable, rejected);
    ApplicantFilter expired = new ApplicantFilter(JoinRequestState.EXPIRED, null);
    assertThat(ids(expired)).containsExactly(late, lateElsewhere);
    assertThat(page(it.owner, expired, PageRequest.first(9)).items())
        .allSatisfy(
            applicant -> {
              assertThat(applicant.request().state()).isEqualTo(JoinRequestState.EXPIRED);
              assertThat(applicant.request().waiting()).isFalse();
              assertThat(applicant.dueAt()).isEmpty();
            });
    requests.settleDue();
    assertThat(ids(expired)).containsExactly(late, lateElsewhere);
    assertThat(ids(new ApplicantFilter(JoinRequestState.REJECTED, null))).containsExactly(rejected);
  }

  @Test
  void aRequestIsSeenByTheApplicantOwnersAndManagersAndIsNoneForStrangers() {
    it.benefits.organizations().admit(it.operator, it.organization, it.ben, Role.MANAGER);
    Actor.Account member = it.member(AccountId.of("max"));
    JoinRequest request = submit(it.ann, Map.of());
    JoinRequestId id = request.requestId();

    for (Actor actor :
        List.of(new Actor.Account(it.ann), new Actor.Account(it.ben), it.owner, it.operator)) {
      assertThat(requests.get(actor, id)).isEqualTo(request);
      assertThat(requests.latest(actor, it.organization, it.ann)).contains(request);
    }
    assertRefused(Reason.NOT_PERMITTED, () -> requests.get(member, id));
    assertRefused(Reason.NOT_FOUND, () -> requests.get(boss, id));
    for (Actor actor : List.of(member, boss)) {
      assertRefused(Reason.NOT_PERMITTED, () -> requests.latest(actor, it.organization, it.ann));
    }
  }

  @Test
  void tellsWhenTheNextRequestEnds() {
    assertThat(requests.nextDue()).isEmpty();
    submit(it.ann, Map.of());
    assertThat(requests.nextDue()).contains(it.in(LIFE));
    it.clock.advance(Duration.ofDays(1));
    submit(it.ben, Map.of());
    assertThat(requests.nextDue()).contains(it.start.plus(LIFE));
  }
}
