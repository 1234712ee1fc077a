package io.acpbenefits.sidebyside;

import static io.acpbenefits.sidebyside.Cast.PAGE;
import static io.acpbenefits.sidebyside.Cast.RITA;

import io.acpbenefits.certificate.CertificateBinding;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exam;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.examrecord.ExamRecordLine;
import io.acpbenefits.idempotency.RequestKey;
import io.acpbenefits.invitation.InvitationFilter;
import io.acpbenefits.invitation.InvitationId;
import io.acpbenefits.invitation.InvitationKind;
import io.acpbenefits.organization.Role;
import io.acpbenefits.registration.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** What people and feeds do, by the operations that each release has had. */
final class Acts {

  private static final Map<String, Consumer<Cast>> ALL =
      Map.ofEntries(
          Map.entry("found", Acts::found),
          Map.entry("apply", c -> apply(c)),
          Map.entry(
              "send back", c -> c.benefits().applications().requireAction(RITA, c.application())),
          Map.entry(
              "submit", c -> c.benefits().applications().submit(c.person("olga"), c.application())),
          Map.entry("approve", c -> c.benefits().applications().approve(RITA, c.application())),
          Map.entry("reject", c -> c.benefits().applications().reject(RITA, c.application())),
          Map.entry(
              "cancel", c -> c.benefits().applications().cancel(c.person("olga"), c.application())),
          Map.entry("retry", c -> c.benefits().applications().retry(RITA, c.application())),
          Map.entry("stock", Acts::stock),
          Map.entry(
              "invite",
              c ->
                  c.benefits()
                      .invitations()
                      .invite(c.person("olga"), c.organization("acme"), c.id("bea"))),
          Map.entry("accept", Acts::accept),
          Map.entry(
              "decline", c -> c.benefits().invitations().decline(c.person("bea"), invitation(c))),
          Map.entry(
              "revoke", c -> c.benefits().invitations().revoke(c.person("olga"), invitation(c))),
          Map.entry("ask", Acts::ask),
          Map.entry(
              "admit", c -> c.benefits().joinRequests().approve(c.person("olga"), c.request())),
          Map.entry(
              "refuse", c -> c.benefits().joinRequests().reject(c.person("olga"), c.request())),
          Map.entry(
              "withdraw", c -> c.benefits().joinRequests().withdraw(c.person("bea"), c.request())),
          Map.entry(
              "join elsewhere",
              c ->
                  c.benefits()
                      .organizations()
                      .admit(Actor.system(), c.organization("other"), c.id("bea"), Role.MEMBER)),
          Map.entry("quit", c -> c.benefits().organizations().quit(c.person("bea"))),
          Map.entry(
              "assign",
              c ->
                  c.benefits()
                      .examCodes()
                      .assign(c.person("olga"), c.partner("acme"), c.exam(), c.id("ann"))),
          Map.entry("give back", Acts::giveBack),
          Map.entry(
              "register",
              c ->
                  c.benefits()
                      .registrations()
                      .registerSelfPaid(
                          c.person("ann"), c.exam(), Delivery.ONLINE, c.benefits().now(), c.ids())),
          Map.entry("pass", c -> record(c, ExamOutcome.PASS)),
          Map.entry("annul", Acts::annul),
          Map.entry("fail", c -> record(c, ExamOutcome.FAIL)),
          Map.entry(
              "bind", c -> c.benefits().bindings().submit(c.person("ann"), c.exam(), c.ids())),
          Map.entry(
              "renounce",
              c -> c.benefits().bindings().giveUp(c.person("ann"), binding(c).bindingId())));

  private Acts() {}

  static Consumer<Cast> named(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  private static void found(Cast c) {
    for (String partner : List.of("acme", "other")) {
      c.benefits().partners().register(RITA, c.partner(partner), "A partner", "gold");
      c.benefits()
          .organizations()
          .establish(RITA, c.partner(partner), c.id(partner.equals("acme") ? "olga" : "olav"));
    }
    c.benefits()
        .exams()
        .add(RITA, new Exam(c.exam(), "Exam " + c.name(), ExamLevel.ACP, null, null, null, null));
    Instant now = c.benefits().now();
    c.benefits()
        .quotas()
        .grant(RITA, c.partner("acme"), ExamLevel.ACP, 9, now, now.plus(Duration.ofDays(900)));
    c.benefits()
        .codeImports()
        .details(
            RITA,
            c.partner("acme"),
            "Exam %s [%s]%n".formatted(c.name(), code(c, "I")),
            false,
            RequestKey.of("import-" + c.name()));
    c.benefits().organizations().admit(RITA, c.organization("acme"), c.id("ann"), Role.MEMBER);
  }

  private static String code(Cast c, String series) {
    return (series + "0" + c.name().replace("-", "") + "CODE").toUpperCase(Locale.ROOT);
  }

  private static void apply(Cast c) {
    c.benefits().applications().apply(c.person("olga"), c.partner("acme"), c.exam(), 1);
  }

  private static void stock(Cast c) {
    c.benefits()
        .embeddedBenefitCenter()
        .orElseThrow()
        .importStock(RITA, c.exam(), List.of(CodeText.parse("[" + code(c, "S") + "]")));
  }

  private static InvitationId invitation(Cast c) {
    return c
        .benefits()
        .invitations()
        .list(RITA, c.organization("acme"), InvitationFilter.ALL, PAGE)
        .items()
        .stream()
        .filter(found -> found.kind() == InvitationKind.PERSONAL)
        .findFirst()
        .orElseThrow()
        .invitationId();
  }

  private static void accept(Cast c) {
    var link = c.benefits().invitations().token(Actor.system(), invitation(c));
    c.benefits().joinRequests().submit(c.person("bea"), link, Map.of());
  }

  private static void ask(Cast c) {
    var link = c.benefits().invitations().copyLink(c.person("olga"), c.organization("acme"));
    c.benefits().joinRequests().submit(c.person("bea"), link, Map.of());
  }

  private static void giveBack(Cast c) {
    var code = c.benefits().examCodes().openCode(RITA, c.id("ann"), c.exam()).orElseThrow();
    c.benefits().examCodes().giveBack(c.person("ann"), code.codeId());
  }

  private static void record(Cast c, ExamOutcome outcome) {
    c.benefits()
        .examRecords()
        .receive(
            Actor.system(),
            new ExamRecordLine(c.ids(), c.exam(), c.benefits().now(), outcome, null, null));
  }

  private static void annul(Cast c) {
    var record = c.benefits().examRecords().of(RITA, c.id("ann"), c.exam()).get(0).recordId();
    var earned = c.benefits().certificates().byRecord(RITA, record).orElseThrow().certificateId();
    c.benefits().certificates().revoke(RITA, earned, "fraud");
  }

  private static CertificateBinding binding(Cast c) {
    return c.benefits().bindings().ofAccount(RITA, c.id("ann"), PAGE).items().get(0);
  }
}
