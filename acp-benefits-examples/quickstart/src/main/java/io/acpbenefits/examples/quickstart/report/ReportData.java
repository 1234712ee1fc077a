package io.acpbenefits.examples.quickstart.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the reports tell, as plain values: states, reasons and actions stand here as the
 * library and the journey write them. The reports keep the order of the lists, so that whoever
 * fills them decides it. Lists are copied; values may hold any text.
 *
 * @param period from the first to the last instant played, null if nothing was played
 * @param partners names to show; an id without a name is shown as it is
 * @param exams names to show; an id without a name is shown as it is
 * @param subjects whom and what the played rows were about, for the page only; rows may be missing
 * @param outcomes one line for each played row
 * @param timeline what the processes did
 * @param quotas one line for each quota
 * @param codes how many exam codes are in which state
 * @param members who belongs to the organizations, and who did
 * @param bindings certificates to accounts
 * @param tally what counts
 */
public record ReportData(
    @Nullable Period period,
    List<PartnerName> partners,
    List<ExamName> exams,
    List<RowSubject> subjects,
    List<OutcomeLine> outcomes,
    List<TimelineLine> timeline,
    List<QuotaLine> quotas,
    List<CodesLine> codes,
    List<MemberLine> members,
    List<BindingLine> bindings,
    List<TallyLine> tally) {

  /**
   * Copies the lists.
   *
   * @param period from the first to the last instant played, null if nothing was played
   * @param partners names to show
   * @param exams names to show
   * @param subjects whom and what the rows were about
   * @param outcomes one line for each played row
   * @param timeline what the processes did
   * @param quotas one line for each quota
   * @param codes how many exam codes are in which state
   * @param members who belongs to the organizations, and who did
   * @param bindings certificates to accounts
   * @param tally what counts
   */
  public ReportData {
    partners = List.copyOf(partners);
    exams = List.copyOf(exams);
    subjects = List.copyOf(subjects);
    outcomes = List.copyOf(outcomes);
    timeline = List.copyOf(timeline);
    quotas = List.copyOf(quotas);
    codes = List.copyOf(codes);
    members = List.copyOf(members);
    bindings = List.copyOf(bindings);
    tally = List.copyOf(tally);
  }

  /**
   * What the journey spans.
   *
   * @param first the first instant played
   * @param last the last instant played, not before the first
   */
  public record Period(Instant first, Instant last) {
    /**
     * Refuses a period that ends before it begins.
     *
     * @param first the first instant played
     * @param last the last instant played
     */
    public Period {
      if (last.isBefore(first)) {
        throw new IllegalArgumentException("The period ends before it begins");
      }
    }
  }

  /**
   * How a partner is called.
   *
   * @param partnerId which partner
   * @param name as people know it
   */
  public record PartnerName(String partnerId, String name) {}

  /**
   * How an exam is called.
   *
   * @param examId which exam
   * @param name as people know it
   * @param level ACP or ACE
   */
  public record ExamName(String examId, String name, String level) {}

  /**
   * Whom and what a row was about. Where the partner is missing, the page takes the one
   * organization that the account is known in.
   *
   * @param row which row
   * @param actor who acted
   * @param partnerId at which partner
   * @param examId for which exam
   * @param account whom it concerned
   * @param examOutcome PASS, FAIL or NO_SHOW if the row reports on an exam; leave it out when the
   *     row repeats an earlier record, else the page counts a pass twice
   */
  public record RowSubject(
      String row,
      @Nullable String actor,
      @Nullable String partnerId,
      @Nullable String examId,
      @Nullable String account,
      @Nullable String examOutcome) {}

  /**
   * How a row ended.
   *
   * @param row which row
   * @param at when it was played
   * @param action for example {@code apply-for-codes}
   * @param outcome DONE, REFUSED or WAITING
   * @param reason why, by the name of the library's reason; null when done
   * @param detail a sentence for people, null if there is nothing to add
   */
  public record OutcomeLine(
      String row,
      Instant at,
      String action,
      String outcome,
      @Nullable String reason,
      @Nullable String detail) {}

  /**
   * What a process did. The page finds out from it where the processes stand at the end: at the
   * elements that were entered and not left, as long as the instance has not ended. For that the
   * lines of an instance must stand in the order in which things happened.
   *
   * @param at when
   * @param process id of the diagram
   * @param row the row that began the instance, null if none did
   * @param element id of the element in the diagram
   * @param event started, entered, left, timer-fired, message-received, incident or ended
   */
  public record TimelineLine(
      Instant at, String process, @Nullable String row, String element, String event) {}

  /**
   * How a quota stands; granted = held + consumed + expired + available.
   *
   * @param partnerId whose
   * @param level ACP or ACE
   * @param validFrom when its period begins
   * @param granted codes, of the whole quota
   * @param held codes, by applications under way
   * @param consumed codes, by those that were issued
   * @param expired codes, lost when the period ended
   * @param available codes that may be applied for
   */
  public record QuotaLine(
      String partnerId,
      String level,
      Instant validFrom,
      long granted,
      long held,
      long consumed,
      long expired,
      long available) {}

  /**
   * How many exam codes stand alike.
   *
   * @param partnerId whose
   * @param examId for which exam
   * @param state for example ASSIGNED
   * @param count number of codes
   */
  public record CodesLine(String partnerId, String examId, String state, long count) {}

  /**
   * A membership.
   *
   * @param partnerId in whose organization
   * @param account who
   * @param role OWNER, MANAGER or MEMBER
   * @param state ACTIVE, LEFT or REMOVED
   */
  public record MemberLine(String partnerId, String account, String role, String state) {}

  /**
   * A certificate that somebody binds to an account.
   *
   * @param row the row that submitted it
   * @param account to whom
   * @param examId of which exam
   * @param state for example BOUND
   * @param reason why it is not bound, null if there is none
   * @param submittedAt when it was submitted
   * @param boundAt when it was bound, null unless it is
   * @param partnerId for whom it counts, null if for nobody
   */
  public record BindingLine(
      String row,
      String account,
      String examId,
      String state,
      @Nullable String reason,
      Instant submittedAt,
      @Nullable Instant boundAt,
      @Nullable String partnerId) {}

  /**
   * What counts for a partner.
   *
   * @param partnerId whose
   * @param examId of which exam
   * @param level ACP or ACE
   * @param certificates number of certificates that count
   * @param people number of people who hold them
   */
  public record TallyLine(
      String partnerId, String examId, String level, long certificates, long people) {}
}
