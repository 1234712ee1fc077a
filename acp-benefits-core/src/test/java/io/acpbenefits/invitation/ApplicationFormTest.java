package io.acpbenefits.invitation;

import static io.acpbenefits.CoreFixture.assertRefused;
import static io.acpbenefits.CoreFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.Policies;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Reason;
import io.acpbenefits.organization.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApplicationFormTest {

  private static final ApplicationForm FORM =
      ApplicationForm.of(
          FormField.required("name", "Full name").withMaximumLength(10),
          FormField.optional("staff", "Staff number").withPattern("[0-9]{4}"));

  private final CoreFixture it =
      new CoreFixture(Policies.DEFAULT.with(InvitationPolicy.DEFAULT.withForm(FORM)));
  private final JoinRequests requests = it.benefits.joinRequests();
  private final Actor.Account ann = new Actor.Account(it.ann);

  private JoinRequest submit(Map<String, String> form) {
    return requests.submit(
        ann, it.benefits.invitations().copyLink(it.owner, it.organization), form);
  }

  @Test
  void keepsWhatWasFilledIn() {
    JoinRequest request = submit(Map.of("name", "Ann Archer", "staff", "0042"));
    assertThat(requests.form(ann, request.requestId()))
        .isEqualTo(Map.of("name", "Ann Archer", "staff", "0042"));
  }

  @Test
  void anOptionalFieldMayBeMissingOrBlankAndIsThenNotKept() {
    JoinRequest request = submit(Map.of("name", "Ann", "staff", " "));
    assertThat(requests.form(ann, request.requestId())).isEqualTo(Map.of("name", "Ann"));
    requests.withdraw(ann, request.requestId());
    submit(Map.of("name", "Ann"));
  }

  @Test
  void namesEverythingThatIsWrongAtOnceAndNoContents() {
    assertThat(
            refusal(
                () -> submit(Map.of("name", "A-much-too-long-name", "staff", "secret", "x", "y"))))
        .hasMessage(
            "The application form: \"Full name\" has 20 characters, at most 10 are possible;"
                + " \"Staff number\" is not written as it should be; there is no field \"x\".");
    assertThat(refusal(() -> submit(Map.of("name", "\t", "b", "", "a", ""))))
        .hasMessage(
            "The application form: \"Full name\" must be filled in; there is no field \"a\";"
                + " there is no field \"b\".");
    assertRefused(Reason.INVALID_INPUT, () -> submit(Map.of()));
    assertThat(it.number("SELECT COUNT(*) FROM acp_join_request")).isZero();
    assertThat(it.number("SELECT SUM(uses) FROM acp_invitation")).isZero();
  }

  @Test
  void shortensTheNamesOfUnknownFields() {
    String quoted = "there is no field \"" + "n".repeat(50);
    assertThat(refusal(() -> submit(Map.of("name", "Ann", "n".repeat(51), ""))))
        .hasMessageContaining(quoted + "…\"");
    assertThat(refusal(() -> submit(Map.of("name", "Ann", "n".repeat(50), ""))))
        .hasMessageContaining(quoted + "\"");
  }

  @Test
  void hasNoFieldsByDefault() {
    CoreFixture plain = new CoreFixture();
    var token = plain.benefits.invitations().copyLink(plain.owner, plain.organization);
    assertRefused(
        Reason.INVALID_INPUT,
        () -> plain.benefits.joinRequests().submit(ann, token, Map.of("name", "Ann")));
    JoinRequest request = plain.benefits.joinRequests().submit(ann, token, Map.of());
    assertThat(plain.benefits.joinRequests().form(ann, request.requestId())).isEmpty();
  }

  @Test
  void isReadByTheApplicantAndByWhoMayDecideOnly() {
    it.benefits.organizations().admit(it.operator, it.organization, it.ben, Role.MANAGER);
    Actor.Account manager = new Actor.Account(it.ben);
    JoinRequest request = submit(Map.of("name", "Ann"));

    for (Actor actor : List.of(ann, it.owner, it.operator)) {
      assertThat(requests.form(actor, request.requestId())).containsEntry("name", "Ann");
    }
    assertRefused(Reason.NOT_PERMITTED, () -> requests.form(manager, request.requestId()));
    assertRefused(Reason.NOT_FOUND, () -> requests.form(Actor.account("eve"), request.requestId()));
    assertRefused(Reason.NOT_FOUND, () -> requests.form(it.owner, JoinRequestId.of("x")));
  }

  @Test
  void theLongestContentFits() {
    CoreFixture wide =
        new CoreFixture(
            Policies.DEFAULT.with(
                InvitationPolicy.DEFAULT.withForm(
                    ApplicationForm.of(
                        FormField.required("n".repeat(200), "l".repeat(200))
                            .withMaximumLength(4000)))));
    Map<String, String> form = Map.of("n".repeat(200), "x".repeat(4000));
    JoinRequest request =
        wide.benefits
            .joinRequests()
            .submit(ann, wide.benefits.invitations().copyLink(wide.owner, wide.organization), form);
    assertThat(wide.benefits.joinRequests().form(ann, request.requestId())).isEqualTo(form);
  }

  @Test
  void checksItsDescription() {
    FormField field = FormField.optional("name", "Name");
    assertThat(field.required()).isFalse();
    assertThat(field.maximumLength()).isEqualTo(200);
    assertThat(FormField.required("name", "Name").required()).isTrue();
    for (String name : List.of("", " ", "n".repeat(201))) {
      assertRefused(Reason.INVALID_INPUT, () -> FormField.optional(name, "Name"));
      assertRefused(Reason.INVALID_INPUT, () -> FormField.optional("name", name));
    }
    for (int length : new int[] {0, 4001}) {
      assertRefused(Reason.INVALID_INPUT, () -> field.withMaximumLength(length));
    }
    assertThat(field.withMaximumLength(1).withMaximumLength(4000).maximumLength()).isEqualTo(4000);
    assertThat(refusal(() -> field.withPattern("["))).hasMessageContaining("pattern");
    assertRefused(Reason.INVALID_INPUT, () -> ApplicationForm.of(field, field));
  }

  @Test
  void aFieldIsFullAtItsLengthAndMatchesAsAWhole() {
    FormField field = FormField.optional("code", "Code").withMaximumLength(3).withPattern("a+");
    assertThat(field.problem("aaa")).isEmpty();
    assertThat(field.problem("aaaa")).isPresent();
    assertThat(field.problem("aab")).isPresent();
    assertThat(field.problem(null)).isEmpty();
    assertThat(FormField.required("code", "Code").problem(null)).isPresent();
  }
}
