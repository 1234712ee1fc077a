package io.acpbenefits.model;

import static io.acpbenefits.model.Library.actor;
import static io.acpbenefits.model.World.text;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.InvitationToken;
import io.acpbenefits.invitation.JoinRequest;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.organization.OrganizationId;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
        ModelAcademy.firstLink(partner),
        benefits.invitations().currentLink(Actor.system(), organization).invitationId());
    return Programme.DONE;
  }

  @Override
  public String admit(String partner, String account, String role) {
    benefits
        .organizations()
        .admit(Actor.system(), organization(partner), AccountId.of(account), Role.valueOf(role));
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
  public String ask(String request, String account, String invitation) {
    InvitationToken token =
        invitation.equals(World.NOWHERE)
            ? new InvitationToken("A".repeat(43))
            : token(invitation(invitation));
    JoinRequest submitted = benefits.joinRequests().submit(Actor.account(account), token, Map.of());
    handles.put(request, submitted.requestId());
    return submitted.waiting() ? "waits" : "can be decided";
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
    return benefits.joinRequests().applicants(actor(who), organization(partner)).stream()
        .map(request -> handles.of(request.requestId()))
        .collect(Collectors.joining(" "));
  }

  List<String> invitations(String partner) {
    List<String> lines = new ArrayList<>();
    for (var known : handles.all(InvitationId.class).entrySet()) {
      Invitation found = benefits.invitations().get(Actor.system(), known.getValue());
      if (found.organizationId().equals(organization(partner))) {
        lines.add(
            Lines.of(
                List.of(
                    known.getKey(), text(found.invitedAccount()), found.state(), found.uses())));
      }
    }
    return lines;
  }

  List<String> requests(String partner) {
    List<String> lines = new ArrayList<>();
    for (var known : handles.all(JoinRequestId.class).entrySet()) {
      JoinRequest found = benefits.joinRequests().get(Actor.system(), known.getValue());
      if (found.organizationId().equals(organization(partner))) {
        lines.add(
            Lines.of(
                List.of(
                    known.getKey(),
                    found.accountId(),
                    found.state(),
                    found.waiting(),
                    found.expiresAt())));
      }
    }
    return lines;
  }
}
