package io.acpbenefits.permission;

import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.common.Who;
import io.acpbenefits.organization.Role;
import io.acpbenefits.partner.PartnerId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessTest {

  private final CoreFixture it = new CoreFixture();
  private final Access access = it.benefits.access();
  private final Actor.Account member = it.member(it.ann);
  private final Actor.Account manager = it.member(it.ben);
  private final Actor.Account stranger = Actor.account("carl");

  AccessTest() {
    it.benefits.organizations().setRole(it.owner, it.organization, it.ben, Role.MANAGER);
  }

  private static Refusal hidden() {
    return new Refusal(Reason.NOT_FOUND, "nothing there");
  }

  /** Every row of the table, against an actor of every kind. */
  @Test
  void everyOperationIsAllowedForWhomTheTableSaysAndForNobodyElse() {
    Map<Who, Actor> actors = new EnumMap<>(Who.class);
    actors.put(Who.OPERATOR, it.operator);
    actors.put(Who.SYSTEM, Actor.system());
    actors.put(Who.OWNER, it.owner);
    actors.put(Who.MANAGER, manager);
    actors.put(Who.MEMBER, member);
    AccountId concerned = AccountId.of("dora");
    for (Subject subject :
        Set.of(Subject.ofPartner(it.acme), Subject.ofOrganization(it.organization))) {
      for (Operation operation : Operation.values()) {
        Set<Who> permitted = operation.byDefault();
        actors.forEach(
            (who, actor) ->
                assertThat(access.allows(actor, operation, subject.concerning(concerned)))
                    .as("%s %s", who, operation)
                    .isEqualTo(
                        permitted.contains(who)
                            || (permitted.contains(Who.ANYONE) && actor instanceof Actor.Account)));
        assertThat(access.allows(stranger, operation, subject.concerning(concerned)))
            .as("stranger %s", operation)
            .isEqualTo(permitted.contains(Who.ANYONE));
        assertThat(
                access.allows(
                    new Actor.Account(concerned), operation, subject.concerning(concerned)))
            .as("self %s", operation)
            .isEqualTo(permitted.contains(Who.ANYONE) || permitted.contains(Who.SELF));
      }
    }
  }

  @Test
  void rolesOfOneOrganizationMeanNothingInAnother() {
    it.partner(PartnerId.of("beta"), AccountId.of("bert"));

    assertThat(
            access.allows(it.owner, Operation.ASSIGN_CODE, Subject.ofPartner(PartnerId.of("beta"))))
        .isFalse();
  }

  @Test
  void aRoleThatHasEndedMeansNothingAnyMore() {
    Subject acme = Subject.ofPartner(it.acme);
    assertThat(access.allows(manager, Operation.ASSIGN_CODE, acme)).isTrue();

    it.benefits.organizations().quit(manager);

    assertThat(access.allows(manager, Operation.ASSIGN_CODE, acme)).isFalse();
  }

  @Test
  void forAPersonTheRolesBesideThatPersonCount() {
    assertThat(access.allows(manager, Operation.SEE_REGISTRATIONS, Subject.ofAccount(it.ann)))
        .isTrue();
    assertThat(
            access.allows(manager, Operation.SEE_REGISTRATIONS, Subject.ofAccount(stranger.id())))
        .isFalse();
    assertThat(access.allows(member, Operation.SEE_REGISTRATIONS, Subject.ofAccount(it.ben)))
        .isFalse();
  }

  @Test
  void saysWhoMay() {
    assertThat(
            refusal(
                () -> access.require(member, Operation.ASSIGN_CODE, Subject.ofPartner(it.acme))))
        .hasMessage(
            "Not permitted to assign code: this takes one of [OPERATOR, SYSTEM, OWNER, MANAGER].");
  }

  @Test
  void hidesThingsFromStrangersOnly() {
    Subject subject = Subject.ofOrganization(it.organization).concerning(it.ann);
    assertThat(
            refusal(
                    () ->
                        access.require(
                            stranger, Operation.REVOKE_CODE, subject, AccessTest::hidden))
                .reason())
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(
            refusal(
                    () ->
                        access.require(member, Operation.REVOKE_CODE, subject, AccessTest::hidden))
                .reason())
        .isEqualTo(Reason.NOT_PERMITTED);
    assertThat(
            refusal(
                    () ->
                        access.require(manager, Operation.REVOKE_CODE, subject, AccessTest::hidden))
                .reason())
        .isEqualTo(Reason.NOT_PERMITTED);
  }

  @Test
  void aHostCanChangeARow() {
    Permissions changed =
        Permissions.DEFAULT.allow(Operation.APPROVE_JOIN_REQUEST, Who.OWNER, Who.MANAGER);

    assertThat(changed.of(Operation.APPROVE_JOIN_REQUEST))
        .isEqualTo(EnumSet.of(Who.OWNER, Who.MANAGER, Who.SYSTEM));
    assertThat(changed.of(Operation.REJECT_JOIN_REQUEST))
        .isEqualTo(Operation.REJECT_JOIN_REQUEST.byDefault());
    assertThat(Permissions.DEFAULT.of(Operation.APPROVE_JOIN_REQUEST)).doesNotContain(Who.MANAGER);
  }

  @Test
  void aStepOfTheLibraryCannotBeHandedOut() {
    assertThatThrownBy(() -> Permissions.DEFAULT.allow(Operation.REDEEM_CODE, Who.OPERATOR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("REDEEM_CODE");
  }

  @Test
  void whatOnlyThePersonConcernedMayDoCanBeLeftToOthersAsWell() {
    Permissions changed =
        Permissions.DEFAULT.allow(Operation.WITHDRAW_JOIN_REQUEST, Who.SELF, Who.OPERATOR);

    assertThat(changed.of(Operation.WITHDRAW_JOIN_REQUEST))
        .isEqualTo(EnumSet.of(Who.SELF, Who.OPERATOR));
  }
}
