package io.acpbenefits.invitation;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.common.Who;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.permission.Permissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinRequestsTest {

  private static final Duration LIFE = Duration.ofDays(30);

  private final CoreFixture it = new CoreFixture();
  private final JoinRequests requests = it.benefits.joinRequests();
  private final Actor.Account ann = new Actor.Account(it.ann);
  private final Actor.Account boss = new Actor.Account(AccountId.of("boss"));
  private final OrganizationId beta = it.partner(PartnerId.of("beta"), boss.id());

  private List<JoinRequest> open(Actor actor) {
    return requests
        .applicants(actor, it.organization, ApplicantFilter.OPEN, PageRequest.first(10))
        .items()
        .stream()
        .map(Applicant::request)
        .toList();
  }

  private JoinRequestState state(JoinRequest request) {
    return requests.get(Actor.system(), request.requestId()).state();
  }

  @Test
  void anApprovedApplicantIsAMember() {
    JoinRequest request = it.request(it.ann);
    assertThat(request.waiting()).isFalse();
    assertThat(request.expiresAt()).isEqualTo(it.in(LIFE));

    requests.approve(it.owner, request.requestId());

    assertThat(state(request)).isEqualTo(JoinRequestState.APPROVED);
    assertThat(
            it.benefits
                .organizations()
                .requireMember(Actor.system(), it.organization, it.ann)
                .role())
        .isEqualTo(Role.MEMBER);
    assertThat(open(it.owner)).isEmpty();
  }

  @Test
  void aRejectedApplicantIsNoMemberAndMayAskAgain() {
    JoinRequest request = it.request(it.ann);
    requests.reject(it.owner, request.requestId());

    assertThat(state(request)).isEqualTo(JoinRequestState.REJECTED);
    assertThat(it.benefits.organizations().activeMembership(Actor.system(), it.ann)).isEmpty();
    JoinRequest again = it.request(it.ann);
    assertThat(requests.latest(Actor.system(), it.organization, it.ann)).contains(again);
  }

  @Test
  void whyARequestIsRejectedGoesToTheAudit() {
    JoinRequest request = it.request(it.ann);
    for (String why : List.of("", "  ", "x".repeat(501))) {
      assertRefused(
          Reason.INVALID_INPUT, () -> requests.reject(it.owner, request.requestId(), why));
    }
    assertThat(state(request)).isEqualTo(JoinRequestState.SUBMITTED);

    requests.reject(it.owner, request.requestId(), " unknown here ");
    assertThat(state(request)).isEqualTo(JoinRequestState.REJECTED);
    assertThat(
            it.benefits
                .audit()
                .all(it.operator, Operation.REJECT_JOIN_REQUEST, PageRequest.first(9))
                .items())
        .singleElement()
        .satisfies(e -> assertThat(e.why()).isEqualTo("unknown here"));
  }

  @Test
  void decidesOnce() {
    JoinRequest approved = it.request(it.ann);
    requests.approve(it.owner, approved.requestId());
    JoinRequest rejected = it.request(it.ben);
    requests.reject(it.owner, rejected.requestId());

    for (JoinRequest decided : List.of(approved, rejected)) {
      assertRefused(Reason.ILLEGAL_STATE, () -> requests.approve(it.owner, decided.requestId()));
      assertRefused(Reason.ILLEGAL_STATE, () -> requests.reject(it.owner, decided.requestId()));
      assertRefused(
          Reason.ILLEGAL_STATE,
          () -> requests.withdraw(new Actor.Account(decided.accountId()), decided.requestId()));
    }
  }

  @Test
  void onlyTheApplicantWithdraws() {
    JoinRequest request = it.request(it.ann);
    assertRefused(Reason.NOT_PERMITTED, () -> requests.withdraw(it.owner, request.requestId()));
    assertRefused(Reason.NOT_FOUND, () -> requests.withdraw(boss, request.requestId()));
    requests.withdraw(ann, request.requestId());
    assertThat(state(request)).isEqualTo(JoinRequestState.WITHDRAWN);
    assertRefused(Reason.ILLEGAL_STATE, () -> requests.approve(it.owner, request.requestId()));
  }

  @Test
  void onlyOwnersOfThatOrganizationDecideAndNobodyOnTheirOwn() {
    Actor.Account manager = it.member(it.ben);
    it.benefits.organizations().setRole(it.owner, it.organization, it.ben, Role.MANAGER);
    JoinRequest request = it.request(it.ann);

    for (Actor actor : List.of(manager, ann)) {
      assertRefused(Reason.NOT_PERMITTED, () -> requests.approve(actor, request.requestId()));
      assertRefused(Reason.NOT_PERMITTED, () -> requests.reject(actor, request.requestId()));
    }
    assertRefused(Reason.NOT_FOUND, () -> requests.approve(boss, request.requestId()));
    assertRefused(Reason.NOT_FOUND, () -> requests.reject(boss, request.requestId()));
    assertThat(open(manager)).containsExactly(request);
    assertRefused(Reason.NOT_PERMITTED, () -> open(boss));
  }

  private AcpBenefits with(Permissions permissions) {
    return AcpBenefits.on(it.database)
        .keys(it.keys)
        .clock(it.clock)
        .permissions(permissions)
        .build();
  }

  @Test
  void aHostMayLetManagersDecide() {
    AcpBenefits open =
        with(
            Permissions.DEFAULT.allow(
                Operation.APPROVE_JOIN_REQUEST, Who.OWNER, Who.MANAGER, Who.OPERATOR));
    Actor.Account manager = it.member(it.ben);
    it.benefits.organizations().setRole(it.owner, it.organization, it.ben, Role.MANAGER);

    open.joinRequests().approve(manager, it.request(it.ann).requestId());

    assertThat(it.benefits.organizations().activeMembership(Actor.system(), it.ann)).isPresent();
  }

  @Test
  void nobodyDecidesOnTheirOwnRequestWhateverIsPermitted() {
    AcpBenefits open =
        with(
            Permissions.DEFAULT
                .allow(Operation.APPROVE_JOIN_REQUEST, Who.ANYONE)
                .allow(Operation.REJECT_JOIN_REQUEST, Who.ANYONE));
    JoinRequest own = it.request(it.ann);

    assertThat(refusal(() -> open.joinRequests().approve(ann, own.requestId())))
        .hasMessageContaining("of their own");
    assertRefused(Reason.NOT_PERMITTED, () -> open.joinRequests().reject(ann, own.requestId()));
    open.joinRequests().reject(boss, own.requestId());
  }

  @Test
  void whoIsMadeAMemberByThePlatformHasNoOpenRequestThereAnyMore() {
    List<DomainEvent> events = new ArrayList<>();
    it.benefits.addListener(events::add);
    JoinRequest here = it.request(it.ann);
    JoinRequest there = it.request(it.ann, beta);
    it.benefits.organizations().admit(it.operator, it.organization, it.ann, Role.MANAGER);

    assertThat(state(here)).isEqualTo(JoinRequestState.APPROVED);
    assertThat(events).contains(new JoinRequestDecided(here.requestId()));
    assertThat(audited(here))
        .endsWith("APPROVE_JOIN_REQUEST SUBMITTED APPROVED system The account was made a member.");
    assertThat(requests.get(ann, there.requestId()).waiting()).isTrue();
  }

  private List<String> audited(JoinRequest request) {
    return it
        .benefits
        .audit()
        .of(it.operator, request.requestId().value(), PageRequest.first(20))
        .items()
        .stream()
        .map(
            e ->
                e.operation()
                    + " "
                    + e.fromState()
                    + " "
                    + e.toState()
                    + " "
                    + e.madeBy()
                    + (e.why() == null ? "" : " " + e.why()))
        .toList();
  }

  @Test
  void everyChangeIsRecordedWithWhoMadeIt() {
    JoinRequest approved = it.request(it.ann);
    requests.approve(it.owner, approved.requestId());
    assertThat(audited(approved))
        .containsExactly(
            "SUBMIT_JOIN_REQUEST null SUBMITTED account:ann",
            "APPROVE_JOIN_REQUEST SUBMITTED APPROVED account:olga");
    JoinRequest rejected = it.request(it.ben);
    requests.reject(it.operator, rejected.requestId());
    assertThat(audited(rejected)).endsWith("REJECT_JOIN_REQUEST SUBMITTED REJECTED operator:otto");
    JoinRequest withdrawn = it.request(it.ben);
    requests.withdraw(new Actor.Account(it.ben), withdrawn.requestId());
    assertThat(audited(withdrawn))
        .endsWith("WITHDRAW_JOIN_REQUEST SUBMITTED WITHDRAWN account:ben");
    JoinRequest expired = it.request(it.ben);
    it.clock.advance(LIFE);
    requests.settleDue();
    assertThat(audited(expired)).endsWith("EXPIRE_JOIN_REQUEST SUBMITTED EXPIRED system");
  }

  @Test
  void twoApprovalsOfOneRequestAtOnceAdmitOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      AccountId account = AccountId.of("twice-" + round);
      JoinRequestId id = it.request(account).requestId();
      assertThat(
              Together.run(
                  () -> requests.approve(it.owner, id), () -> requests.approve(it.operator, id)))
          .extracting(Outcome::name)
          .containsExactlyInAnyOrder("DONE", "ILLEGAL_STATE");
    }
  }

  @Test
  void twoRequestsAtOnceAreOne() throws Exception {
    for (int round = 0; round < 10; round++) {
      AccountId account = AccountId.of("twice-" + round);
      assertThat(Together.run(() -> it.request(account), () -> it.request(account)))
          .extracting(Outcome::name)
          .containsExactlyInAnyOrder("DONE", "DUPLICATE_REQUEST");
    }
  }

  @Test
  void refusesMembersAndASecondOpenRequestToTheSameOrganization() {
    it.request(it.ann);
    assertRefused(Reason.DUPLICATE_REQUEST, () -> it.request(it.ann));
    it.request(it.ann, beta);
    it.member(it.ben);
    assertRefused(Reason.ALREADY_A_MEMBER, () -> it.request(it.ben));
  }

  @Test
  void expiresAfterExactly30DaysWhetherOrNotThatWasWritten() {
    JoinRequest request = it.request(it.ann);
    it.clock.advance(LIFE.minusNanos(1000));
    assertThat(state(request)).isEqualTo(JoinRequestState.SUBMITTED);
    assertThat(requests.settleDue()).isZero();

    it.clock.advance(Duration.ofNanos(1000));
    JoinRequest derived = requests.get(Actor.system(), request.requestId());
    assertThat(derived.state()).isEqualTo(JoinRequestState.EXPIRED);
    assertThat(open(it.owner)).isEmpty();
    assertRefused(Reason.ILLEGAL_STATE, () -> requests.approve(it.owner, request.requestId()));

    it.clock.advance(Duration.ofDays(1));
    assertThat(requests.settleDue()).isOne();
    assertThat(requests.settleDue()).isZero();
    assertThat(requests.get(Actor.system(), request.requestId())).isEqualTo(derived);
  }

  @Test
  void anExpiredRequestThatWasNotWrittenYetDoesNotStandInTheWay() {
    JoinRequest old = it.request(it.ann);
    it.clock.advance(LIFE);
    JoinRequest request = it.request(it.ann);

    assertThat(state(old)).isEqualTo(JoinRequestState.EXPIRED);
    requests.approve(it.owner, request.requestId());
  }

  @Test
  void whoIsElsewhereWaitsIsNotToldWhereAndIsAdmittedOnceFree() {
    it.member(it.ann);
    JoinRequest request = it.request(it.ann, beta);
    assertThat(request.waiting()).isTrue();

    Refusal elsewhere = refusal(() -> requests.approve(boss, request.requestId()));
    assertThat(elsewhere.reason()).isEqualTo(Reason.MEMBER_ELSEWHERE);
    assertThat(elsewhere.getMessage())
        .doesNotContainIgnoringCase("acme")
        .doesNotContain(it.organization.value());
    assertThat(requests.get(Actor.system(), request.requestId())).isEqualTo(request);

    it.clock.advance(Duration.ofDays(29));
    it.benefits.organizations().quit(ann);
    JoinRequest free = requests.get(Actor.system(), request.requestId());
    assertThat(free.waiting()).isFalse();
    assertThat(free.expiresAt()).isEqualTo(it.in(LIFE));
    requests.approve(boss, request.requestId());
    assertThat(it.benefits.organizations().requireMember(Actor.system(), beta, it.ann)).isNotNull();
  }

  @Test
  void whoIsNotFreeIn30DaysHasWaitedInVain() {
    it.member(it.ann);
    JoinRequest request = it.request(it.ann, beta);
    it.clock.advance(LIFE);

    it.benefits.organizations().quit(ann);

    assertThat(state(request)).isEqualTo(JoinRequestState.EXPIRED);
    assertRefused(Reason.ILLEGAL_STATE, () -> requests.approve(boss, request.requestId()));
  }

  @Test
  void anApplicantWhoIsAdmittedElsewhereWaitsFromThenOn() {
    List<DomainEvent> events = new ArrayList<>();
    it.benefits.addListener(events::add);
    JoinRequest here = it.request(it.ann);
    JoinRequest there = it.request(it.ann, beta);
    it.clock.advance(Duration.ofDays(10));
    requests.approve(it.owner, here.requestId());

    JoinRequest held = requests.get(Actor.system(), there.requestId());
    assertThat(held.waiting()).isTrue();
    assertThat(held.expiresAt()).isEqualTo(it.in(LIFE));
    assertThat(events).contains(new ApplicantJoinedElsewhere(there.requestId()));

    it.benefits.organizations().remove(it.owner, it.organization, it.ann);
    assertThat(events).contains(new ApplicantBecameFree(there.requestId()));
    requests.approve(boss, there.requestId());
  }

  @Test
  void twoOrganizationsThatApproveOneAccountAtOnceNeverBothWin() throws Exception {
    for (int round = 0; round < 10; round++) {
      AccountId account = AccountId.of("applicant-" + round);
      JoinRequest here = it.request(account);
      JoinRequest there = it.request(account, beta);

      List<Outcome> outcomes =
          Together.run(
              () -> requests.approve(it.owner, here.requestId()),
              () -> requests.approve(boss, there.requestId()));

      assertThat(outcomes)
          .extracting(Outcome::name)
          .containsExactlyInAnyOrder("DONE", "MEMBER_ELSEWHERE");
      assertThat(it.benefits.organizations().activeMembership(Actor.system(), account)).isPresent();
    }
  }

  @Test
  void approvingAndWithdrawingAtOnceEndInOneOfTheTwo() throws Exception {
    JoinRequest request = it.request(it.ann);
    List<Outcome> outcomes =
        Together.run(
            () -> requests.approve(it.owner, request.requestId()),
            () -> requests.withdraw(ann, request.requestId()));

    assertThat(outcomes)
        .extracting(Outcome::name)
        .containsExactlyInAnyOrder("DONE", "ILLEGAL_STATE");
    assertThat(it.benefits.organizations().activeMembership(Actor.system(), it.ann).isPresent())
        .isEqualTo(state(request) == JoinRequestState.APPROVED);
  }

  @Test
  void knowsNoRequestThatWasNeverSubmitted() {
    JoinRequestId id = JoinRequestId.of("x");
    assertRefused(Reason.NOT_FOUND, () -> requests.get(Actor.system(), id));
    assertRefused(Reason.NOT_FOUND, () -> requests.approve(it.owner, id));
    assertRefused(Reason.NOT_FOUND, () -> requests.withdraw(ann, id));
    assertThat(requests.latest(Actor.system(), it.organization, it.ann)).isEmpty();
  }
}
