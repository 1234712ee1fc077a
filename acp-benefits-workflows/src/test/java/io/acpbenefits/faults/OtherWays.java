package io.acpbenefits.faults;

import static io.acpbenefits.faults.World.RITA;
import static io.acpbenefits.faults.World.day;

import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.CodeInterventions;
import io.acpbenefits.examcode.ExamCode;
import io.acpbenefits.examcode.ExamCodeId;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.invitation.InvitationFilter;
import io.acpbenefits.invitation.InvitationKind;
import io.acpbenefits.invitation.LinkLimits;
import io.acpbenefits.pearsonvue.TestCenter;
import io.acpbenefits.pearsonvue.TestCenterId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Comparator;

/** What can be done in another way than in the other stories. */
final class OtherWays {

  private static final String WHY = "asked for";

  private OtherWays() {}

  static Story codes() {
    return new Story("codes in other ways")
        .after(Stories.withCodes())
        .then("draft", OtherWays::draft)
        .then(
            "submit draft",
            w ->
                w.benefits()
                    .applications()
                    .submit(w.person("olga"), w.application(0).applicationId(), w.key("submit")))
        .then(
            "assign a particular code",
            w ->
                w.benefits()
                    .examCodes()
                    .assign(w.person("olga"), first(w), w.id("ann"), w.key("assign-first")))
        .then(
            "give a particular code back",
            w -> w.benefits().examCodes().giveBack(w.person("ann"), first(w)))
        .then(
            "assign from a file",
            w ->
                w.benefits()
                    .bulkAssignments()
                    .assign(w.person("olga"), w.partner(), accounts(w), false, w.key("file")))
        .then(
            "give back from a file",
            w ->
                w.benefits()
                    .bulkAssignments()
                    .giveBack(w.person("olga"), w.partner(), accounts(w), false, w.key("back")))
        .then(
            "import a file",
            w ->
                w.benefits()
                    .codeImports()
                    .csv(RITA, w.partner(), codesFile(w), false, w.key("import-file")))
        .then("assign bob", w -> Stories.assign(w, "bob", "2"))
        .then("register bob", w -> Stories.register(w, "bob", "1"))
        .then(
            "remove bob",
            w ->
                w.benefits()
                    .organizations()
                    .remove(w.person("olga"), w.organization(), w.id("bob")))
        .then(
            "leave the code",
            w ->
                w.openCode("bob")
                    .ifPresent(
                        code ->
                            w.benefits()
                                .codeInterventions()
                                .decide(
                                    w.person("olga"),
                                    code.codeId(),
                                    CodeInterventions.Decision.LEAVE,
                                    WHY)));
  }

  /** Without a request key, so that whoever does not know looks first. */
  private static void draft(World w) {
    boolean there =
        !w.benefits().applications().ofPartner(RITA, w.partner(), Stories.PAGE).items().isEmpty();
    if (!there) {
      w.benefits().applications().draft(w.person("olga"), w.partner(), w.exam(), 1);
    }
  }

  private static ExamCodeId first(World w) {
    return w
        .benefits()
        .examCodes()
        .ofPartner(RITA, w.partner(), CodeFilter.ALL, Stories.PAGE)
        .items()
        .stream()
        .map(ExamCode::codeId)
        .min(Comparator.comparing(ExamCodeId::value))
        .orElseThrow();
  }

  private static InputStream file(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream accounts(World w) {
    return file("account_id,exam_id\n%s,%s\n".formatted(w.id("bob"), w.exam()));
  }

  private static InputStream codesFile(World w) {
    return file(
        "code,exam_id\n%s,%s\n".formatted(w.texts("CSV", 1).get(0).value(), w.exam().value()));
  }

  static Story links() {
    return new Story("links and records in other ways")
        .after(Stories.partner())
        .then(
            "create link",
            w ->
                w.benefits()
                    .invitations()
                    .createLink(w.person("olga"), w.organization(), LinkLimits.NONE))
        .then("revoke link", OtherWays::revokeLink)
        .then("register cora", w -> Stories.selfPaid(w, "cora"))
        .then("pass", w -> Stories.receive(w, "cora", ExamOutcome.PASS))
        .then(
            "hold record",
            w ->
                w.benefits().examRecords().of(RITA, w.id("cora"), w.exam()).stream()
                    .findFirst()
                    .ifPresent(
                        record -> w.benefits().examRecords().hold(RITA, record.recordId(), WHY)))
        .then("nothing is to be bound", w -> Stories.until(w, () -> !OutOfStep.hasAttempt(w)))
        .then(
            "let it stand instead",
            w ->
                w.benefits().examRecords().held(RITA, Stories.PAGE).items().stream()
                    .filter(record -> w.ids("cora").equals(record.ids()))
                    .forEach(
                        record ->
                            w.benefits().examRecords().standInstead(RITA, record.recordId(), WHY)));
  }

  private static void revokeLink(World w) {
    w
        .benefits()
        .invitations()
        .list(RITA, w.organization(), InvitationFilter.ALL, Stories.PAGE)
        .items()
        .stream()
        .filter(found -> found.kind() == InvitationKind.LINK && !found.main())
        .forEach(
            found ->
                w.benefits().invitations().revoke(w.person("olga"), found.invitationId(), WHY));
  }

  static Story testCenters() {
    return new Story("test centers")
        .after(Stories.atPearsonVue())
        .then(
            "add test center",
            w ->
                Stories.desk(w)
                    .addTestCenter(
                        RITA, new TestCenter(center(w), "A test center", "A city", ZoneOffset.UTC)))
        .then("add its slot", w -> Stories.desk(w).addSlot(RITA, center(w), day(30), 5))
        .then(
            "extend voucher",
            w -> Stories.desk(w).extendVoucher(RITA, w.texts("IMP", 5).get(0), day(600), WHY))
        .then(
            "revoke voucher",
            w -> Stories.desk(w).revokeVoucher(RITA, w.texts("IMP", 5).get(0), WHY));
  }

  private static TestCenterId center(World w) {
    return TestCenterId.of("center-" + w.name());
  }
}
