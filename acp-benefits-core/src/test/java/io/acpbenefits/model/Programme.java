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

    String addExam(
        String who, String exam, String level, @Nullable Instant sale, @Nullable Instant life);

    String grant(
        String quota,
        String who,
        String partner,
        String level,
        long quantity,
        Instant from,
        Instant until);

    String stock(String who, String exam, List<String> codes);

    String draft(String application, String who, String partner, String exam, int quantity);

    String apply(String application, String who, String partner, String exam, int quantity);

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
    String assign(String who, String partner, String exam, String account);

    String giveBack(String who, String code);

    String reveal(String who, String code);
  }

  /** Organizations, invitations, join requests. */
  interface Academy {
    String establish(String who, String partner, String owner);

    String admit(String partner, String account, String role);

    String setRole(String who, String partner, String account, String role);

    String remove(String who, String partner, String account);

    String quit(String account);

    String copyLink(String who, String partner);

    String rotateLink(String link, String who, String partner);

    String invite(String invitation, String who, String partner, String account);

    String decline(String account, String invitation);

    String revoke(String who, String invitation);

    String ask(String request, String account, String invitation);

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

    String reschedule(String account, String registration, Instant appointment);

    String cancel(String account, String registration);

    String noteIds(String who, String registration, Ids ids);

    String receive(
        String examRecord,
        String who,
        Ids ids,
        String exam,
        Instant taken,
        String outcome,
        @Nullable String score,
        @Nullable String voucher);
  }

  /** Certificates, their binding to accounts, and what they count for. */
  interface Certification {
    String submit(String binding, String account, String exam, Ids ids);

    String correct(String account, String binding, Ids ids);

    String giveUp(String who, String binding);

    String tally(String who, String partner);
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

    List<String> changes(String partner);

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
