package io.acpbenefits.sidebyside;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The life of one instance: what is done, by which node does not matter, and where it waits then.
 *
 * @param process its process
 * @param name which no other has
 * @param before what is done before it begins
 * @param moves what is done, the first of which begins it
 * @param end the event that ends it
 */
public record Passage(
    String process, String name, List<String> before, List<Move> moves, String end) {

  /**
   * Something that is done.
   *
   * @param act an act of {@link Acts}, or nothing but time
   * @param time how much passes before
   * @param task whose task is completed instead, and how; or nothing
   * @param places where the instance waits once all jobs have run that are due
   */
  record Move(String act, Duration time, List<String> task, Set<String> places) {}

  private static final String REVIEW = "UserTask_ReviewApplication";
  private static final String DECIDE = "UserTask_DecideJoinRequest";
  private static final String AWAIT_FREE = "EventGateway_AwaitAccountFree";
  private static final String AWAIT_ANSWER = "ReceiveTask_AwaitAnswer";
  private static final String UNDER_WAY = "EventGateway_ExamUnderWay";
  private static final String CHECK_IDS = "UserTask_CheckIds";

  private static final List<Passage> ALL =
      List.of(
          application("stock")
              .act("apply", REVIEW)
              .act("send back", "Catch_ApplicationResubmitted")
              .act("submit", REVIEW)
              .passes(Duration.ofDays(7), REVIEW)
              .act("approve", "Catch_NextTry")
              .passes(Duration.ofHours(1), "UserTask_DecideOnFailure")
              .act("stock", "UserTask_DecideOnFailure")
              .act("retry")
              .ends("EndEvent_ApplicationFulfilled"),
          application("canceled")
              .act("apply", REVIEW)
              .act("approve", "Catch_NextTry")
              .passes(Duration.ofHours(1), "UserTask_DecideOnFailure")
              .task("olga", "cancel")
              .ends("EndEvent_ApplicationCanceledAfterFailure"),
          application("rejected")
              .act("apply", REVIEW)
              .act("reject")
              .ends("EndEvent_ApplicationRejected"),
          application("withdrawn")
              .act("apply", REVIEW)
              .act("cancel")
              .ends("EndEvent_ApplicationWithdrawn"),
          invitation("accepted")
              .act("invite", AWAIT_ANSWER)
              .passes(Duration.ofDays(8), AWAIT_ANSWER)
              .act("accept", DECIDE)
              .task("olga", "approve")
              .ends("EndEvent_Admitted"),
          invitation("declined")
              .act("invite", AWAIT_ANSWER)
              .act("decline")
              .ends("EndEvent_InvitationDeclined"),
          invitation("revoked")
              .act("invite", AWAIT_ANSWER)
              .act("revoke")
              .ends("EndEvent_InvitationRevoked"),
          invitation("unanswered")
              .act("invite", AWAIT_ANSWER)
              .passes(Duration.ofDays(14))
              .ends("EndEvent_InvitationExpired"),
          invitation("refused")
              .act("ask", DECIDE)
              .passes(Duration.ofDays(20), DECIDE)
              .act("refuse")
              .ends("EndEvent_Rejected"),
          invitation("retracted")
              .act("ask", DECIDE)
              .act("withdraw")
              .ends("EndEvent_RequestWithdrawn"),
          invitation("undecided")
              .act("ask", DECIDE)
              .passes(Duration.ofDays(30))
              .ends("EndEvent_RequestExpired"),
          invitation("elsewhere")
              .before("join elsewhere")
              .act("ask", AWAIT_FREE)
              .act("quit", DECIDE)
              .act("join elsewhere", AWAIT_FREE)
              .passes(Duration.ofDays(30))
              .ends("EndEvent_RequestExpired"),
          invitation("both")
              .before("join elsewhere")
              .act("ask", AWAIT_FREE)
              .act("refuse")
              .ends("EndEvent_Rejected"),
          binding("bound")
              .act("assign", UNDER_WAY)
              .act("register", UNDER_WAY)
              .act("pass", "EventGateway_AwaitBinding")
              .act("bind")
              .ends("EndEvent_CertificateBound"),
          binding("returned")
              .act("assign", UNDER_WAY)
              .act("give back")
              .ends("EndEvent_AttemptEnded"),
          binding("annulled")
              .act("register", UNDER_WAY)
              .act("pass", "EventGateway_AwaitBinding")
              .act("annul")
              .ends("EndEvent_AttemptEnded"),
          binding("first")
              .act("register", UNDER_WAY)
              .act("bind", "EventGateway_AwaitRecord")
              .act("pass")
              .ends("EndEvent_CertificateBound"),
          binding("late")
              .act("bind", "EventGateway_AwaitRecord")
              .passes(Duration.ofDays(3), CHECK_IDS)
              .act("pass")
              .ends("EndEvent_CertificateBound"),
          binding("renounced")
              .act("bind", "EventGateway_AwaitRecord")
              .act("fail", CHECK_IDS)
              .task("ann", "give-up")
              .ends("EndEvent_BindingFailed"),
          binding("lapsed")
              .act("bind", "EventGateway_AwaitRecord")
              .passes(Duration.ofDays(3), CHECK_IDS)
              .passes(Duration.ofDays(30))
              .ends("EndEvent_BindingFailed"));

  private static Way application(String name) {
    return new Way("benefit-application", name);
  }

  private static Way invitation(String name) {
    return new Way("invitation-to-approval", name);
  }

  private static Way binding(String name) {
    return new Way("exam-to-certificate-binding", name);
  }

  /** One that is being written down. */
  private static final class Way {

    private final String process;
    private final String name;
    private final List<String> before = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();

    Way(String process, String name) {
      this.process = process;
      this.name = name;
    }

    Way before(String act) {
      before.add(act);
      return this;
    }

    Way act(String act, String... places) {
      return move(act, Duration.ZERO, List.of(), places);
    }

    Way passes(Duration time, String... places) {
      return move("", time, List.of(), places);
    }

    Way task(String user, String decision, String... places) {
      return move("", Duration.ZERO, List.of(user, decision), places);
    }

    private Way move(String act, Duration time, List<String> task, String... places) {
      moves.add(
          new Move(
              act, time, task, Stream.of(places).collect(Collectors.toCollection(TreeSet::new))));
      return this;
    }

    Passage ends(String event) {
      return new Passage(process, name, List.copyOf(before), List.copyOf(moves), event);
    }
  }

  /** All ways through the three processes that matter to a node. */
  public static List<Passage> all() {
    return ALL;
  }

  @Override
  public String toString() {
    return process + ", " + name;
  }
}
