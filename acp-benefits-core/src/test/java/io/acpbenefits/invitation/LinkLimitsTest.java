package io.acpbenefits.invitation;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.Together;
import io.acpbenefits.Together.Outcome;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.DomainEvent;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Further links, how far links reach, and who is approved at once. */
class LinkLimitsTest {

  private static final EmailDomain ACME = EmailDomain.of("acme.example");
  private static final EmailDomain OTHER = EmailDomain.of("other.example");
  private static final Duration DAY = Duration.ofDays(1);

  private final CoreFixture it =
      new CoreFixture(
          Policies.DEFAULT.with(InvitationPolicy.DEFAULT.withListedDomainsApproved(true)));
  private final CoreFixture plain = new CoreFixture();
  private final Actor.Account ann = new Actor.Account(it.ann);

  private static Invitation link(CoreFixture on, LinkLimits limits) {
    return on.benefits.invitations().createLink(on.owner, on.organization, limits);
  }

  private static JoinRequest use(
      CoreFixture on, Invitation link, AccountId account, @Nullable EmailDomain domain) {
    InvitationToken token = on.benefits.invitations().token(on.owner, link.invitationId());
    return on.benefits.joinRequests().submit(new Actor.Account(account), token, Map.of(), domain);
  }

  private Invitation plainLink(LinkLimits limits) {
    return link(plain, limits);
  }

  private Invitation now(Invitation link) {
    return plain.benefits.invitations().get(plain.owner, link.invitationId());
  }

  private static AccountId account(int number) {
    return AccountId.of("applicant-" + number);
  }

  @Test
  void aFurtherLinkStandsBesideTheMainOne() {
    Invitations invitations = plain.benefits.invitations();
    Invitation main = invitations.currentLink(plain.owner, plain.organization);
    Invitation further = plainLink(LinkLimits.NONE);

    assertThat(main.main()).isTrue();
    assertThat(further.main()).isFalse();
    assertThat(further.state()).isEqualTo(InvitationState.ACTIVE);
    assertThat(now(further)).isEqualTo(further);
    assertThat(invitations.currentLink(plain.owner, plain.organization)).isEqualTo(main);
    invitations.rotateLink(plain.owner, plain.organization);
    assertThat(use(plain, further, plain.ann, null).invitationId())
        .isEqualTo(further.invitationId());
    assertRefused(Reason.LINK_REVOKED, () -> use(plain, main, plain.ben, null));
    invitations.revoke(plain.owner, further.invitationId());
    assertRefused(Reason.LINK_REVOKED, () -> use(plain, further, plain.ben, null));
  }

  @Test
  void theLastUseExhaustsALink() {
    Invitation link = plainLink(LinkLimits.NONE.withMaximumUses(2));
    use(plain, link, account(1), null);
    assertThat(now(link))
        .extracting(Invitation::state, Invitation::uses)
        .containsExactly(InvitationState.ACTIVE, 1);
    use(plain, link, account(2), null);

    assertThat(now(link))
        .extracting(Invitation::state, Invitation::uses)
        .containsExactly(InvitationState.EXHAUSTED, 2);
    assertRefused(Reason.LINK_EXHAUSTED, () -> use(plain, link, account(3), null));
    assertThat(
            plain
                .benefits
                .audit()
                .of(plain.operator, link.invitationId().value(), PageRequest.first(20))
                .items())
        .extracting(e -> e.operation() + " " + e.fromState() + " " + e.toState() + " " + e.madeBy())
        .contains("EXHAUST_LINK ACTIVE EXHAUSTED system");
  }

  @Test
  void exactlyOneGetsTheLastUse() throws Exception {
    for (int round = 0; round < 10; round++) {
      Invitation link = plainLink(LinkLimits.NONE.withMaximumUses(1));
      AccountId one = account(2 * round);
      AccountId other = account(2 * round + 1);
      assertThat(
              Together.run(() -> use(plain, link, one, null), () -> use(plain, link, other, null)))
          .extracting(Outcome::name)
          .containsExactlyInAnyOrder("DONE", "LINK_EXHAUSTED");
      assertThat(now(link).uses()).isOne();
    }
  }

  @Test
  void aRefusedRequestIsNoUse() {
    Invitation link = plainLink(LinkLimits.NONE.withMaximumUses(2));
    use(plain, link, plain.ann, null);
    assertRefused(Reason.DUPLICATE_REQUEST, () -> use(plain, link, plain.ann, null));
    assertRefused(Reason.ALREADY_A_MEMBER, () -> use(plain, link, plain.owner.id(), null));
    assertThat(now(link).uses()).isOne();
  }

  @Test
  void aLinkEndsAtExactlyItsEndWhetherOrNotThatWasWritten() {
    Invitation link = plainLink(LinkLimits.NONE.withExpiresAt(plain.in(DAY)));
    plain.clock.advance(DAY.minusNanos(1000));
    use(plain, link, account(1), null);
    assertThat(plain.benefits.invitations().settleDue()).isZero();

    plain.clock.advance(Duration.ofNanos(1000));
    assertThat(now(link).state()).isEqualTo(InvitationState.EXPIRED);
    assertRefused(Reason.LINK_EXPIRED, () -> use(plain, link, account(2), null));
    assertThat(plain.benefits.invitations().settleDue()).isOne();
    assertThat(plain.number("SELECT COUNT(*) FROM acp_invitation WHERE state = 'EXPIRED'")).isOne();
    assertThat(plain.benefits.invitations().settleDue()).isZero();
  }

  @Test
  void limitsOfAnActiveLinkCanBeChanged() {
    Invitations invitations = plain.benefits.invitations();
    Invitation link = plainLink(LinkLimits.NONE);
    use(plain, link, account(1), null);
    use(plain, link, account(2), null);
    LinkLimits narrow =
        LinkLimits.NONE
            .withMaximumUses(3)
            .withExpiresAt(plain.in(DAY))
            .withDomains(ACME, EmailDomain.of("team.acme.example"));

    Invitation changed = invitations.changeLimits(plain.owner, link.invitationId(), narrow);

    assertThat(changed).isEqualTo(now(link));
    assertThat(changed.limits()).isEqualTo(narrow);
    assertThat(changed.uses()).isEqualTo(2);
    use(plain, link, account(3), ACME);
    assertRefused(Reason.LINK_EXHAUSTED, () -> use(plain, link, account(4), ACME));
    assertRefused(
        Reason.ILLEGAL_STATE,
        () -> invitations.changeLimits(plain.owner, link.invitationId(), LinkLimits.NONE));
  }

  @Test
  void limitsThatWouldEndALinkAtOnceAreRefused() {
    Invitations invitations = plain.benefits.invitations();
    Invitation link = plainLink(LinkLimits.NONE);
    use(plain, link, account(1), null);
    LinkLimits now = LinkLimits.NONE.withExpiresAt(plain.start);
    LinkLimits usedUp = LinkLimits.NONE.withMaximumUses(1);

    assertRefused(Reason.INVALID_INPUT, () -> plainLink(now));
    for (LinkLimits limits : List.of(now, usedUp)) {
      assertRefused(
          Reason.INVALID_INPUT,
          () -> invitations.changeLimits(plain.owner, link.invitationId(), limits));
    }
    assertThat(now(link).limits()).isEqualTo(LinkLimits.NONE);
    plainLink(LinkLimits.NONE.withExpiresAt(plain.start.plusNanos(1000)));
    invitations.changeLimits(plain.owner, link.invitationId(), LinkLimits.NONE.withMaximumUses(2));
  }

  @Test
  void anExpiredLinkCannotBeChangedBackToLifeButRotatedIfItIsTheMainOne() {
    Invitations invitations = plain.benefits.invitations();
    InvitationId main = invitations.currentLink(plain.owner, plain.organization).invitationId();
    LinkLimits limits = LinkLimits.NONE.withExpiresAt(plain.in(DAY)).withMaximumUses(9);
    invitations.changeLimits(plain.owner, main, limits.withDomains(ACME));
    plain.clock.advance(DAY);
    assertRefused(
        Reason.ILLEGAL_STATE, () -> invitations.changeLimits(plain.owner, main, LinkLimits.NONE));
    assertRefused(Reason.NOT_FOUND, () -> invitations.currentLink(plain.owner, plain.organization));

    Invitation next = invitations.rotateLink(plain.owner, plain.organization);

    assertThat(next.limits()).isEqualTo(LinkLimits.NONE.withDomains(ACME));
    assertThat(next.main()).isTrue();
    assertThat(invitations.get(plain.owner, main).state()).isEqualTo(InvitationState.EXPIRED);
  }

  @Test
  void whoMayNotMakeOrChangeLinksIsToldWhatStrangersAreTold() {
    Invitations invitations = plain.benefits.invitations();
    Actor.Account member = plain.member(plain.ben);
    Actor.Account stranger = new Actor.Account(plain.ann);
    Invitation link = plainLink(LinkLimits.NONE);
    for (Actor actor : List.of(member, stranger)) {
      assertRefused(
          Reason.NOT_PERMITTED,
          () -> invitations.createLink(actor, plain.organization, LinkLimits.NONE));
    }
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> invitations.changeLimits(member, link.invitationId(), LinkLimits.NONE));
    assertRefused(
        Reason.NOT_FOUND,
        () -> invitations.changeLimits(stranger, link.invitationId(), LinkLimits.NONE));
  }

  @Test
  void aLinkForSomeDomainsIsForNobodyElse() {
    Invitation link = plainLink(LinkLimits.NONE.withDomains(ACME));
    assertThat(refusal(() -> use(plain, link, plain.ann, null)))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_PERMITTED))
        .hasMessageNotContaining(ACME.value());
    assertRefused(Reason.NOT_PERMITTED, () -> use(plain, link, plain.ann, OTHER));
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> use(plain, link, plain.ann, EmailDomain.of("team.acme.example")));

    JoinRequest request = use(plain, link, plain.ann, EmailDomain.of(" Acme.EXAMPLE "));

    assertThat(request.state()).isEqualTo(JoinRequestState.SUBMITTED);
    assertThat(plain.number("SELECT COUNT(*) FROM acp_join_request_field")).isZero();
  }

  @Test
  void aListedDomainIsApprovedAtOnceIfThePolicySaysSo() {
    List<DomainEvent> events = new ArrayList<>();
    it.benefits.addListener(events::add);
    Invitation link = link(it, LinkLimits.NONE.withDomains(ACME));

    JoinRequest request = use(it, link, it.ann, ACME);

    assertThat(request)
        .isEqualTo(it.benefits.joinRequests().get(ann, request.requestId()))
        .extracting(JoinRequest::state, JoinRequest::decidedAt)
        .containsExactly(JoinRequestState.APPROVED, it.start);
    assertThat(
            it.benefits
                .organizations()
                .requireMember(Actor.system(), it.organization, it.ann)
                .role())
        .isEqualTo(Role.MEMBER);
    assertThat(events)
        .containsSubsequence(
            new JoinRequestSubmitted(request.requestId(), link.invitationId(), InvitationKind.LINK),
            new JoinRequestDecided(request.requestId()));
    assertThat(
            it.benefits
                .audit()
                .of(it.operator, request.requestId().value(), PageRequest.first(9))
                .items())
        .extracting(e -> e.operation() + " " + e.madeBy() + " " + e.why())
        .containsExactly(
            "SUBMIT_JOIN_REQUEST account:ann null",
            "APPROVE_JOIN_REQUEST system The e-mail domain is on the link's list.");
  }

  @Test
  void whoIsElsewhereWaitsAsUsualAndIsNotApprovedOnceFree() {
    OrganizationId beta = it.partner(PartnerId.of("beta"), AccountId.of("boss"));
    it.member(it.ann, beta);
    JoinRequest request = use(it, link(it, LinkLimits.NONE.withDomains(ACME)), it.ann, ACME);
    assertThat(request.state()).isEqualTo(JoinRequestState.SUBMITTED);
    assertThat(request.waiting()).isTrue();

    it.benefits.organizations().quit(ann);
    assertThat(it.benefits.joinRequests().get(ann, request.requestId()).state())
        .isEqualTo(JoinRequestState.SUBMITTED);
  }

  @Test
  void throughALinkForEverybodyOrAPersonalInvitationNobodyIsApprovedAtOnce() {
    assertThat(use(it, link(it, LinkLimits.NONE), it.ann, ACME).state())
        .isEqualTo(JoinRequestState.SUBMITTED);
    Invitation personal = it.benefits.invitations().invite(it.owner, it.organization, it.ben);
    assertThat(use(it, personal, it.ben, ACME).state()).isEqualTo(JoinRequestState.SUBMITTED);
  }

  @Test
  void aLinkWhosePeopleAreApprovedAtOnceIsMadeByWhoMayApproveOnly() {
    Actor.Account manager = it.member(it.ben);
    it.benefits.organizations().setRole(it.owner, it.organization, it.ben, Role.MANAGER);
    Invitations invitations = it.benefits.invitations();
    LinkLimits domains = LinkLimits.NONE.withDomains(ACME);
    Invitation link = invitations.createLink(manager, it.organization, LinkLimits.NONE);

    assertRefused(
        Reason.NOT_PERMITTED, () -> invitations.createLink(manager, it.organization, domains));
    assertRefused(
        Reason.NOT_PERMITTED,
        () -> invitations.changeLimits(manager, link.invitationId(), domains));
    invitations.changeLimits(manager, link.invitationId(), LinkLimits.NONE.withMaximumUses(5));
    invitations.changeLimits(it.owner, link.invitationId(), domains);

    plain.member(plain.ben);
    plain
        .benefits
        .organizations()
        .setRole(plain.owner, plain.organization, plain.ben, Role.MANAGER);
    plain
        .benefits
        .invitations()
        .createLink(new Actor.Account(plain.ben), plain.organization, domains);
  }

  @Test
  void checksNumbersAndDomains() {
    assertRefused(Reason.INVALID_INPUT, () -> LinkLimits.NONE.withMaximumUses(0));
    assertThat(LinkLimits.NONE.withMaximumUses(1).maximumUses()).isOne();
    Set<EmailDomain> most =
        IntStream.range(0, LinkLimits.MOST_DOMAINS)
            .mapToObj(i -> EmailDomain.of("d" + i + ".example"))
            .collect(Collectors.toSet());
    assertThat(new LinkLimits(null, null, most).domains()).hasSize(20);
    Set<EmailDomain> tooMany = new HashSet<>(most);
    tooMany.add(ACME);
    assertRefused(Reason.INVALID_INPUT, () -> new LinkLimits(null, null, tooMany));
  }

  @Test
  void theMostAndLongestDomainsFit() {
    EmailDomain[] longest =
        IntStream.range(10, 10 + LinkLimits.MOST_DOMAINS)
            .mapToObj(
                i ->
                    EmailDomain.of(
                        ("a".repeat(62) + ".").repeat(3) + "b".repeat(59) + "." + i + "x"))
            .toArray(EmailDomain[]::new);
    assertThat(longest[0].value().length()).isGreaterThan(250);
    LinkLimits limits = LinkLimits.NONE.withDomains(longest);
    assertThat(now(plainLink(limits)).limits()).isEqualTo(limits);
  }

  @Test
  void knowsWhatIsADomain() {
    for (String text : List.of("example.org", "a.b", "xn--bcher-kva.example", "1-2.a-b.co")) {
      assertThat(EmailDomain.of(text)).hasToString(text);
    }
    assertThat(EmailDomain.of("  EXAMPLE.Org\t")).isEqualTo(EmailDomain.of("example.org"));
    assertThat(EmailDomain.of("a".repeat(63) + ".b").value()).hasSize(65);
    String long253 = ("a".repeat(62) + ".").repeat(4) + "b";
    assertThat(EmailDomain.of(long253).value()).hasSize(253);
    for (String text :
        List.of(
            "",
            "example",
            ".org",
            "example.",
            "-a.org",
            "a-.org",
            "a..b",
            "ann@example.org",
            "a b.org",
            "bücher.example",
            "a".repeat(64) + ".b",
            long253 + "b")) {
      assertRefused(Reason.INVALID_INPUT, () -> EmailDomain.of(text));
    }
  }
}
