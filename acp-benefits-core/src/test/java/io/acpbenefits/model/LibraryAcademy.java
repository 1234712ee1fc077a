package io.acpbenefits.model;

import static io.acpbenefits.model.Library.actor;
import static io.acpbenefits.model.LibraryBenefits.WHY;
import static io.acpbenefits.model.World.text;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.invitation.Applicant;
import io.acpbenefits.invitation.ApplicantFilter;
import io.acpbenefits.invitation.EmailDomain;
import io.acpbenefits.invitation.InvitationFilter;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.InvitationToken;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.invitation.LinkLimits;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Organizations, invitations and join requests, by the library. */
final class LibraryAcademy implements Programme.Academy {

  private final AcpBenefits benefits;
  private final Handles handles;
  private final Map<InvitationId, InvitationToken> tokens = new LinkedHashMap<>();

  LibraryAcademy(AcpBenefits benefits, Handles handles) {
    this.benefits = benefits;
    this.handles = handles;
  }

  OrganizationId organization(String partner) {
    String handle = organizationOf(partner);
    return handles.id(
        handles.knows(handle) ? handle : World.NOWHERE, OrganizationId.class, OrganizationId::of);
  }

  private static String organizationOf(String partner) {
    return "organization-" + partner;
  }

  private InvitationId invitation(String invitation) {
    return handles.id(invitation, InvitationId.class, InvitationId::of);
  }

  private JoinRequestId request(String request) {
    return handles.id(request, JoinRequestId.class, JoinRequestId::of);
  }

  @Override
  public String establish(String who, String partner, String owner) {
    OrganizationId organization =
        benefits
            .organizations()
            .establish(actor(who), PartnerId.of(partner), AccountId.of(owner))
            .organizationId();
    handles.put(organizationOf(partner), organization);
    handles.put(
        ModelDoor.firstLink(partner),
        benefits.invitations().currentLink(Actor.system(), organization).invitationId());
    return Programme.DONE;
  }

  @Override
  public String suspend(String who, String partner) {
    benefits.organizations().suspend(actor(who), organization(partner), WHY);
    return Programme.DONE;
  }

  @Override
  public String resume(String who, String partner) {
    benefits.organizations().resume(actor(who), organization(partner), WHY);
    return Programme.DONE;
  }

  @Override
  public String close(String who, String partner) {
    benefits.organizations().close(actor(who), organization(partner), WHY);
    return Programme.DONE;
  }

  @Override
  public String admit(String who, String partner, String account, String role) {
    benefits
        .organizations()
        .admit(actor(who), organization(partner), AccountId.of(account), Role.valueOf(role));
    return Programme.DONE;
  }

  @Override
  public String transfer(String who, String partner, String from, String to) {
    benefits
        .organizations()
        .transferOwnership(actor(who), organization(partner), AccountId.of(from), AccountId.of(to));
    return Programme.DONE;
  }

  @Override
  public String setRole(String who, String partner, String account, String role) {
    benefits
        .organizations()
        .setRole(actor(who), organization(partner), AccountId.of(account), Role.valueOf(role));
    return Programme.DONE;
  }

  @Override
  public String remove(String who, String partner, String account) {
    benefits.organizations().remove(actor(who), organization(partner), AccountId.of(account));
    return Programme.DONE;
  }

  @Override
  public String quit(String account) {
    benefits.organizations().quit(Actor.account(account));
    return Programme.DONE;
  }

  @Override
  public String copyLink(String who, String partner) {
    InvitationToken copied = benefits.invitations().copyLink(actor(who), organization(partner));
    return handles.all(InvitationId.class).entrySet().stream()
        .filter(known -> token(known.getValue()).equals(copied))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining());
  }

  private InvitationToken token(InvitationId id) {
    return tokens.computeIfAbsent(id, i -> benefits.invitations().token(Actor.system(), i));
  }

  @Override
  public String rotateLink(String link, String who, String partner) {
    handles.put(
        link, benefits.invitations().rotateLink(actor(who), organization(partner)).invitationId());
    return link;
  }

  @Override
  public String createLink(
      String link,
      String who,
      String partner,
      @Nullable Instant until,
      @Nullable Integer uses,
      List<String> domains) {
    handles.put(
        link,
        benefits
            .invitations()
            .createLink(actor(who), organization(partner), limits(until, uses, domains))
            .invitationId());
    return link;
  }

  @Override
  public String changeLink(
      String who,
      String link,
      @Nullable Instant until,
      @Nullable Integer uses,
      List<String> domains) {
    benefits.invitations().changeLimits(actor(who), invitation(link), limits(until, uses, domains));
    return Programme.DONE;
  }

  private static LinkLimits limits(
      @Nullable Instant until, @Nullable Integer uses, List<String> domains) {
    return new LinkLimits(
        until, uses, domains.stream().map(EmailDomain::of).collect(Collectors.toSet()));
  }

  @Override
  public String resend(String who, String invitation) {
    benefits.invitations().resend(actor(who), invitation(invitation));
    tokens.remove(invitation(invitation)); // The one that was sent before is worth nothing now.
    return Programme.DONE;
  }

  @Override
  public String invite(String invitation, String who, String partner, String account) {
    handles.put(
        invitation,
        benefits
            .invitations()
            .invite(actor(who), organization(partner), AccountId.of(account))
            .invitationId());
    return invitation;
  }

  @Override
  public String decline(String account, String invitation) {
    benefits.invitations().decline(Actor.account(account), invitation(invitation));
    return Programme.DONE;
  }

  @Override
  public String revoke(String who, String invitation) {
    benefits.invitations().revoke(actor(who), invitation(invitation));
    return Programme.DONE;
  }

  @Override
  public String ask(String request, String account, String invitation, @Nullable String domain) {
    InvitationToken token =
        invitation.equals(World.NOWHERE)
            ? new InvitationToken("A".repeat(43))
            : token(invitation(invitation));
    JoinRequest submitted =
        benefits
            .joinRequests()
            .submit(
                Actor.account(account),
                token,
                Map.of(),
                domain == null ? null : EmailDomain.of(domain));
    handles.put(request, submitted.requestId());
    return submitted.state() + (submitted.waiting() ? ", waiting" : "");
  }

  @Override
  public String approve(String who, String request) {
    benefits.joinRequests().approve(actor(who), request(request));
    return Programme.DONE;
  }

  @Override
  public String reject(String who, String request) {
    benefits.joinRequests().reject(actor(who), request(request));
    return Programme.DONE;
  }

  @Override
  public String withdraw(String account, String request) {
    benefits.joinRequests().withdraw(Actor.account(account), request(request));
    return Programme.DONE;
  }

  @Override
  public String applicants(String who, String partner) {
    return benefits
        .joinRequests()
        .applicants(actor(who), organization(partner), ApplicantFilter.OPEN, Library.ALL)
        .items()
        .stream()
        .map(applicant -> handles.of(applicant.request().requestId()))
        .collect(Collectors.joining(" "));
  }

  List<String> invitations(String partner) {
    return benefits
        .invitations()
        .list(Actor.system(), organization(partner), InvitationFilter.ALL, Library.ALL)
        .items()
        .stream()
        .map(
            i ->
                Lines.of(
                    List.of(
                        handles.of(i.invitationId()),
                        text(i.invitedAccount()),
                        i.state(),
                        i.uses(),
                        i.resends(),
                        text(i.expiresAt()),
                        text(i.limits().maximumUses()),
                        i.limits().domains().size())))
        .toList();
  }

  List<String> requests(String partner) {
    return benefits
        .joinRequests()
        .applicants(Actor.system(), organization(partner), ApplicantFilter.ALL, Library.ALL)
        .items()
        .stream()
        .map(Applicant::request)
        .map(
            r ->
                Lines.of(
                    List.of(
                        handles.of(r.requestId()),
                        r.accountId(),
                        r.state(),
                        r.waiting(),
                        r.expiresAt())))
        .toList();
  }
}
