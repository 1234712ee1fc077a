package io.acpbenefits;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.audit.AuditEntry;
import io.acpbenefits.certificate.BindingId;
import io.acpbenefits.certificate.BindingState;
import io.acpbenefits.certificate.CertificateId;
import io.acpbenefits.certificate.CertificateState;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.StateMachine;
import io.acpbenefits.common.Who;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.InvitationState;
import io.acpbenefits.invitation.JoinRequestId;
import io.acpbenefits.invitation.JoinRequestState;
import io.acpbenefits.invitation.LinkLimits;
import io.acpbenefits.organization.MembershipState;
import io.acpbenefits.organization.OrganizationState;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.registration.Delivery;
import io.acpbenefits.registration.ExamRegistrationId;
import io.acpbenefits.registration.ExamRegistrationState;
import io.acpbenefits.registration.IdPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever a person does to organizations, people, exams or certificates can be given a reason. */
class SayingWhyTest {

  private static final List<StateMachine<?>> MACHINES =
      List.of(
          OrganizationState.lifecycle(),
          MembershipState.lifecycle(),
          InvitationState.lifecycle(),
          JoinRequestState.lifecycle(),
          ExamRegistrationState.lifecycle(),
          CertificateState.lifecycle(),
          BindingState.lifecycle());

  /** What people ask for themselves; the form, the booking or the ids say what for. */
  private static final Set<Operation> ASKED_FOR =
      EnumSet.of(
          Operation.SUBMIT_JOIN_REQUEST,
          Operation.ACCEPT_INVITATION,
          Operation.REGISTER_EXAM,
          Operation.SUBMIT_BINDING);

  /** What a person may do by the table, but only the library does. */
  private static final Set<Operation> ON_ITS_OWN = EnumSet.of(Operation.MATCH_BINDING);

  private static final Duration DAY = Duration.ofDays(1);
  private static final IdPair IDS = new IdPair("C-1", "R-1");

  /** Prepares everything up to the operation, which then takes the reason. */
  private record Row(Operation operation, Function<CoreFixture, Consumer<String>> upTo) {}

  private final List<Row> rows = new ArrayList<>();

  SayingWhyTest() {
    organizations();
    members();
    invitations();
    joinRequests();
    registrations();
    certificates();
    bindings();
  }

  private void row(Operation operation, Function<CoreFixture, Consumer<String>> upTo) {
    rows.add(new Row(operation, upTo));
  }

  private void organizations() {
    row(
        Operation.ESTABLISH_ORGANIZATION,
        it -> {
          PartnerId beta = PartnerId.of("beta");
          it.benefits.partners().register(Actor.system(), beta, "Beta", "gold");
          return why -> it.benefits.organizations().establish(it.operator, beta, it.ann, why);
        });
    row(
        Operation.SUSPEND_ORGANIZATION,
        it -> why -> it.benefits.organizations().suspend(it.operator, it.organization, why));
    row(
        Operation.RESUME_ORGANIZATION,
        it -> {
          it.benefits.organizations().suspend(it.operator, it.organization, "fraud?");
          return why -> it.benefits.organizations().resume(it.operator, it.organization, why);
        });
    row(
        Operation.CLOSE_ORGANIZATION,
        it -> why -> it.benefits.organizations().close(it.operator, it.organization, why));
  }

  private void members() {
    row(
        Operation.ADMIT_MEMBER,
        it ->
            why ->
                it.benefits
                    .organizations()
                    .admit(it.operator, it.organization, it.ann, Role.MEMBER, why));
    row(
        Operation.GRANT_ROLE,
        it -> {
          it.member(it.ann);
          return why ->
              it.benefits
                  .organizations()
                  .setRole(it.owner, it.organization, it.ann, Role.MANAGER, why);
        });
    row(
        Operation.TRANSFER_OWNERSHIP,
        it -> {
          it.member(it.ann);
          return why ->
              it.benefits.organizations().transferOwnership(it.owner, it.organization, it.ann, why);
        });
    row(
        Operation.TRANSFER_OWNERSHIP,
        it -> {
          AccountId owner = it.owner.id();
          it.member(it.ann);
          return why ->
              it.benefits
                  .organizations()
                  .transferOwnership(it.operator, it.organization, owner, it.ann, why);
        });
    removal(Operation.REMOVE_MEMBER, Role.MEMBER);
    removal(Operation.REMOVE_MANAGER, Role.MANAGER);
    removal(Operation.REMOVE_OWNER, Role.OWNER);
    row(
        Operation.QUIT_ORGANIZATION,
        it -> {
          Actor.Account ann = it.member(it.ann);
          return why -> it.benefits.organizations().quit(ann, why);
        });
  }

  private void removal(Operation operation, Role role) {
    row(
        operation,
        it -> {
          it.benefits.organizations().admit(it.operator, it.organization, it.ann, role);
          return why -> it.benefits.organizations().remove(it.owner, it.organization, it.ann, why);
        });
  }

  private void invitations() {
    row(
        Operation.ROTATE_LINK,
        it -> why -> it.benefits.invitations().rotateLink(it.owner, it.organization, why));
    row(
        Operation.CREATE_LINK,
        it ->
            why ->
                it.benefits
                    .invitations()
                    .createLink(it.owner, it.organization, LinkLimits.NONE, why));
    row(
        Operation.CHANGE_LINK,
        it -> {
          Invitation link = it.benefits.invitations().currentLink(it.owner, it.organization);
          LinkLimits limits = LinkLimits.NONE.withExpiresAt(it.in(DAY));
          return why ->
              it.benefits.invitations().changeLimits(it.owner, link.invitationId(), limits, why);
        });
    row(
        Operation.INVITE,
        it -> why -> it.benefits.invitations().invite(it.owner, it.organization, it.ann, why));
    row(
        Operation.RESEND_INVITATION,
        it -> {
          Invitation sent = invited(it);
          return why -> it.benefits.invitations().resend(it.owner, sent.invitationId(), why);
        });
    row(
        Operation.DECLINE_INVITATION,
        it -> {
          Invitation sent = invited(it);
          return why -> it.benefits.invitations().decline(ann(it), sent.invitationId(), why);
        });
    row(
        Operation.REVOKE_INVITATION,
        it -> {
          Invitation sent = invited(it);
          return why -> it.benefits.invitations().revoke(it.owner, sent.invitationId(), why);
        });
  }

  private static Invitation invited(CoreFixture it) {
    return it.benefits.invitations().invite(it.owner, it.organization, it.ann);
  }

  private static Actor.Account ann(CoreFixture it) {
    return new Actor.Account(it.ann);
  }

  private void joinRequests() {
    row(
        Operation.APPROVE_JOIN_REQUEST,
        it -> {
          JoinRequestId id = it.request(it.ann).requestId();
          return why -> it.benefits.joinRequests().approve(it.owner, id, why);
        });
    row(
        Operation.REJECT_JOIN_REQUEST,
        it -> {
          JoinRequestId id = it.request(it.ann).requestId();
          return why -> it.benefits.joinRequests().reject(it.owner, id, why);
        });
    row(
        Operation.WITHDRAW_JOIN_REQUEST,
        it -> {
          JoinRequestId id = it.request(it.ann).requestId();
          return why -> it.benefits.joinRequests().withdraw(ann(it), id, why);
        });
  }

  private void registrations() {
    row(
        Operation.RESCHEDULE_EXAM,
        it -> {
          ExamRegistrationId id = booked(it);
          return why ->
              it.benefits.registrations().reschedule(ann(it), id, it.in(DAY.multipliedBy(2)), why);
        });
    row(
        Operation.CANCEL_EXAM,
        it -> {
          ExamRegistrationId id = booked(it);
          return why -> it.benefits.registrations().cancel(ann(it), id, why);
        });
    row(
        Operation.NOTE_EXAM_IDS,
        it -> {
          ExamRegistrationId id = booked(it);
          return why -> it.benefits.registrations().noteIds(it.operator, id, IDS, why);
        });
    row(
        Operation.MARK_NO_SHOW,
        it -> {
          ExamRegistrationId id = booked(it);
          it.clock.advance(DAY.plusSeconds(1));
          return why -> it.benefits.registrations().markNoShow(it.operator, id, why);
        });
  }

  private static ExamRegistrationId booked(CoreFixture it) {
    return it.benefits
        .registrations()
        .registerSelfPaid(ann(it), it.cloud, Delivery.ONLINE, it.in(DAY), null)
        .examRegistrationId();
  }

  private void certificates() {
    row(
        Operation.SUSPEND_CERTIFICATE,
        it -> {
          CertificateId id = certificate(it);
          return why -> it.benefits.certificates().suspend(it.operator, id, why);
        });
    row(
        Operation.REINSTATE_CERTIFICATE,
        it -> {
          CertificateId id = certificate(it);
          it.benefits.certificates().suspend(it.operator, id, "fraud?");
          return why -> it.benefits.certificates().reinstate(it.operator, id, why);
        });
    row(
        Operation.REVOKE_CERTIFICATE,
        it -> {
          CertificateId id = certificate(it);
          return why -> it.benefits.certificates().revoke(it.operator, id, why);
        });
    row(
        Operation.RENEW_CERTIFICATE,
        it -> {
          CertificateId id = certificate(it);
          return why -> it.benefits.certificates().renew(it.operator, id, why);
        });
    row(
        Operation.RENEW_CERTIFICATE,
        it -> {
          CertificateId id = certificate(it);
          return why -> it.benefits.certificates().renew(it.operator, id, null, why, null);
        });
  }

  private static CertificateId certificate(CoreFixture it) {
    it.record(IDS, ExamOutcome.PASS);
    it.benefits.bindings().submit(ann(it), it.cloud, IDS);
    return it.benefits.certificates().ofAccount(Actor.system(), it.ann).get(0).certificateId();
  }

  private void bindings() {
    row(
        Operation.CORRECT_BINDING,
        it -> {
          BindingId id = toCheck(it);
          IdPair unknown = new IdPair("C-2", "R-2");
          return why -> it.benefits.bindings().correct(ann(it), id, unknown, why);
        });
    row(
        Operation.CORRECT_BINDING,
        it -> {
          BindingId id = toCheck(it);
          IdPair known = new IdPair("C-3", "R-3");
          it.record(known, ExamOutcome.PASS);
          return why -> it.benefits.bindings().correct(ann(it), id, known, why);
        });
    row(
        Operation.GIVE_UP_BINDING,
        it -> {
          BindingId id = toCheck(it);
          return why -> it.benefits.bindings().giveUp(it.operator, id, why);
        });
  }

  private static BindingId toCheck(CoreFixture it) {
    BindingId id = it.benefits.bindings().submit(ann(it), it.cloud, IDS).bindingId();
    it.clock.advance(DAY.multipliedBy(3));
    it.benefits.bindings().lastTry(Actor.system(), id);
    return id;
  }

  @Test
  void nothingThatAPersonMayDoIsLeftOut() {
    Set<Operation> people = EnumSet.noneOf(Operation.class);
    for (StateMachine<?> machine : MACHINES) {
      machine.transitions().stream()
          .map(StateMachine.Transition::operation)
          .filter(operation -> !operation.byDefault().equals(Set.of(Who.SYSTEM)))
          .forEach(people::add);
    }
    people.removeAll(ASKED_FOR);
    people.removeAll(ON_ITS_OWN);

    assertThat(rows.stream().map(Row::operation).distinct().toList())
        .containsExactlyInAnyOrderElementsOf(people);
  }

  @TestFactory
  Stream<DynamicTest> theReasonIsInTheAuditOfAllThatThePersonDid() {
    return rows.stream()
        .map(row -> DynamicTest.dynamicTest(row.operation().words(), () -> assertWritten(row)));
  }

  private static void assertWritten(Row row) {
    CoreFixture it = new CoreFixture();
    Consumer<String> operation = row.upTo().apply(it);
    int before = audit(it).size();

    operation.accept(" the letter of 2 March ");

    List<AuditEntry> all = audit(it);
    assertThat(all.subList(before, all.size()))
        .filteredOn(entry -> !entry.madeBy().equals(Actor.system().toString()))
        .isNotEmpty()
        .allSatisfy(
            entry -> {
              assertThat(entry.operation()).isEqualTo(row.operation());
              assertThat(entry.why()).isEqualTo("the letter of 2 March");
            });
  }

  @TestFactory
  Stream<DynamicTest> aReasonThatSaysNothingOrTooMuchIsRefusedBeforeAnythingIsWritten() {
    return rows.stream()
        .map(row -> DynamicTest.dynamicTest(row.operation().words(), () -> assertRefusing(row)));
  }

  private static void assertRefusing(Row row) {
    CoreFixture it = new CoreFixture();
    Consumer<String> operation = row.upTo().apply(it);
    List<AuditEntry> before = audit(it);
    List<Object> heard = new ArrayList<>();
    it.benefits.addListener(heard::add);

    for (String why : List.of("", " \n ", "x".repeat(501))) {
      assertRefused(Reason.INVALID_INPUT, () -> operation.accept(why));
    }
    assertThat(audit(it)).isEqualTo(before);
    assertThat(heard).isEmpty();

    operation.accept("x".repeat(500));
    assertThat(audit(it)).hasSizeGreaterThan(before.size());
  }

  private static List<AuditEntry> audit(CoreFixture it) {
    return it.benefits.audit().all(Actor.system(), null, PageRequest.first(100)).items();
  }
}
