package io.acpbenefits.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people do with the programme, and what can be seen of it: once done by the library, once by
 * the model.
 *
 * <p>Everything has a handle of the driver's, never an id: what a step makes is named by the step,
 * an exam code by its text, an organization by its partner. {@code who} is an account, or one of
 * {@link #OPERATOR} and {@link #SYSTEM}. Each act returns what came of it, or refuses.
 */
interface Programme {

  String OPERATOR = "*operator";
  String SYSTEM = "*system";

  /** What an act returns that has nothing to tell. */
  String DONE = "done";

  Benefits benefits();

  Codes codes();

  Academy academy();

  Sittings sittings();

  Certification certification();

  Time time();

  Views views();

  /** Candidate ID and Registration ID. */
  record Ids(String candidate, String registration) {
    Ids swapped() {
      return new Ids(registration, candidate);
    }

    @Override
    public String toString() {
      return candidate + "/" + registration;
    }
  }

  /** Partners, the catalogue, quotas, benefit applications. */
  interface Benefits {
    String register(String who, String partner, String tier);

    String suspend(String who, String partner);

    String reinstate(String who, String partner);

    String terminate(String who, String partner);

    String addExam(
        String who, String exam, String level, @Nullable Instant sale, @Nullable Instant life);

    String changeExam(String who, String exam, @Nullable Instant sale, @Nullable Instant life);

    String stock(String who, String exam, List<String> codes);

    String grant(
        String quota,
        String who,
        String partner,
        String level,
        long quantity,
        Instant from,
        Instant until,
        @Nullable String key);

    String adjust(String who, String quota, long by);

    String suspendQuota(String who, String quota);

    String resumeQuota(String who, String quota);

    String revokeQuota(String who, String quota);

    /** The first quota whose figures, ledger and uses do not agree. */
    String check(String who);

    String draft(String application, String who, String partner, String exam, int quantity);

    String apply(
        String application,
        String who,
        String partner,
        String exam,
        int quantity,
        @Nullable String key);

    String revise(String who, String application, String exam, int quantity, @Nullable String key);

    String submit(String who, String application);

    String recall(String who, String application);

    String approve(String who, String application);

    String requireAction(String who, String application);

    String reject(String who, String application);

    String fulfil(String who, String application);

    String postpone(String who, String application);

    String giveUp(String who, String application);

    String retry(String who, String application);

    String cancel(String who, String application);
  }

  /** Exam codes in the hands of a partner. */
  interface Codes {
    String assign(String who, String partner, String exam, String account, @Nullable String key);

    String assignThis(String who, String code, String account);

    String giveBack(String who, String code);

    String reveal(String who, String code);

    String reinstate(String who, String code);

    String extend(String who, String code, Instant until);

    String revoke(String who, String code);

    String release(String who, String code);

    /** Leaves or revokes a booked code whose holder is gone or whose result never came. */
    String decide(String who, String code, boolean revoke);

    String toDecide(String who, String partner);
  }

  /** Organizations, invitations, join requests. */
  interface Academy {
    String establish(String who, String partner, String owner);

    String suspend(String who, String partner);

    String resume(String who, String partner);

    String close(String who, String partner);

    String admit(String who, String partner, String account, String role);

    String setRole(String who, String partner, String account, String role);

    String transfer(String who, String partner, String from, String to);

    String remove(String who, String partner, String account);

    String quit(String account);

    String copyLink(String who, String partner);

    String rotateLink(String link, String who, String partner);

    String createLink(
        String link,
        String who,
        String partner,
        @Nullable Instant until,
        @Nullable Integer uses,
        List<String> domains);

    String changeLink(
        String who,
        String link,
        @Nullable Instant until,
        @Nullable Integer uses,
        List<String> domains);

    String invite(String invitation, String who, String partner, String account);

    String resend(String who, String invitation);

    String decline(String account, String invitation);

    String revoke(String who, String invitation);

    String ask(String request, String account, String invitation, @Nullable String domain);

    String approve(String who, String request);

    String reject(String who, String request);

    String withdraw(String account, String request);

    String applicants(String who, String partner);
  }

  /** Exams booked and sat, and the records of them. */
  interface Sittings {
    String book(
        String registration,
        String account,
        String exam,
        @Nullable String code,
        Instant appointment,
        @Nullable Ids ids);

    String bookSelfPaid(
        String registration, String account, String exam, Instant appointment, @Nullable Ids ids);

    String reschedule(String who, String registration, Instant appointment);

    String cancel(String who, String registration);

    String noteIds(String who, String registration, Ids ids);

    String markNoShow(String who, String registration);

    String receive(
        String examRecord,
        String who,
        String kind,
        Ids ids,
        String exam,
        Instant taken,
        String outcome,
        @Nullable String score,
        @Nullable String voucher);

    String hold(String who, String examRecord);

    String release(String who, String examRecord, boolean instead);

    String invalidate(String who, String examRecord);
  }

  /** Certificates, their binding to accounts, and what they count for. */
  interface Certification {
    String suspend(String who, String certificate);

    String reinstate(String who, String certificate);

    String revoke(String who, String certificate);

    String renew(String renewal, String who, String certificate);

    String submit(String binding, String account, String exam, Ids ids);

    String correct(String account, String binding, Ids ids);

    String giveUp(String who, String binding);

    String tally(String who, String partner, @Nullable Instant at);
  }

  /** The passing of time. */
  interface Time {
    String pass(Duration time);

    String settle();
  }

  /** What can be seen, as lines in an order that both sides keep. */
  interface Views {
    List<String> partner(String partner);

    List<String> quotas(String partner);

    List<String> ledgers(String partner);

    List<String> applications(String partner);

    /** Without those that time brings about, which may be written later. */
    List<String> changes(String partner);

    List<String> allChanges(String partner);

    List<String> codes(String partner);

    List<String> members(String partner);

    List<String> invitations(String partner);

    List<String> requests(String partner);

    List<String> registrations(String account, String exam);

    List<String> records(String exam);

    List<String> certificates(String exam);

    List<String> bindings(String account);

    List<String> tally(String partner);
  }
}
