package io.acpbenefits.common;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Everything that somebody can do through the library, with who may by default.
 *
 * <p>One name for an operation wherever one is spoken of: in permissions, in state machines, in the
 * audit. A name never changes its meaning. Operations that are only {@link Who#SYSTEM}'s are steps
 * which the library takes on its own or inside other operations.
 */
public enum Operation {
  /** Takes a partner into the programme. */
  REGISTER_PARTNER("Partner", "Takes a partner into the programme.", Who.OPERATOR, Who.SYSTEM),
  /** Changes a partner's name or tier. */
  CHANGE_PARTNER("Partner", "Changes a partner's name or tier.", Who.OPERATOR, Who.SYSTEM),
  /** Stops a partner from applying, issuing, assigning and approving. */
  SUSPEND_PARTNER(
      "Partner",
      "Stops a partner from applying, issuing, assigning and approving.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Ends a partner's suspension. */
  REINSTATE_PARTNER("Partner", "Ends a partner's suspension.", Who.OPERATOR, Who.SYSTEM),
  /** Ends a partner for good. */
  TERMINATE_PARTNER("Partner", "Ends a partner for good.", Who.OPERATOR, Who.SYSTEM),
  /** Reads a partner's name, tier and state. */
  SEE_PARTNER(
      "Partner",
      "Reads a partner's name, tier and state.",
      Who.OWNER,
      Who.MANAGER,
      Who.MEMBER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Lists all partners. */
  LIST_PARTNERS("Partner", "Lists all partners.", Who.OPERATOR, Who.SYSTEM),
  /** Adds an exam to the catalogue. */
  ADD_EXAM("Exam", "Adds an exam to the catalogue.", Who.OPERATOR, Who.SYSTEM),
  /** Changes an exam of the catalogue. */
  CHANGE_EXAM("Exam", "Changes an exam of the catalogue.", Who.OPERATOR, Who.SYSTEM),
  /** Reads the catalogue. */
  SEE_EXAMS("Exam", "Reads the catalogue.", Who.ANYONE, Who.OPERATOR, Who.SYSTEM),
  /** Grants exam codes of a level for a period. */
  GRANT_QUOTA("Quota", "Grants exam codes of a level for a period.", Who.OPERATOR, Who.SYSTEM),
  /** Changes how much was granted. */
  ADJUST_QUOTA("Quota", "Changes how much was granted.", Who.OPERATOR, Who.SYSTEM),
  /** Begins a quota whose period has come. */
  ACTIVATE_QUOTA("Quota", "Begins a quota whose period has come.", Who.SYSTEM),
  /** Stops a quota from being applied against. */
  SUSPEND_QUOTA("Quota", "Stops a quota from being applied against.", Who.OPERATOR, Who.SYSTEM),
  /** Ends a quota's suspension. */
  RESUME_QUOTA("Quota", "Ends a quota's suspension.", Who.OPERATOR, Who.SYSTEM),
  /** Ends a quota before its time. */
  REVOKE_QUOTA("Quota", "Ends a quota before its time.", Who.OPERATOR, Who.SYSTEM),
  /** Ends a quota whose period is over. */
  EXPIRE_QUOTA("Quota", "Ends a quota whose period is over.", Who.SYSTEM),
  /** Holds quota for an application. */
  HOLD_QUOTA("Quota", "Holds quota for an application.", Who.SYSTEM),
  /** Gives held quota back. */
  RELEASE_QUOTA("Quota", "Gives held quota back.", Who.SYSTEM),
  /** Turns held quota into consumed quota. */
  CONSUME_QUOTA("Quota", "Turns held quota into consumed quota.", Who.SYSTEM),
  /** Brings a quota to what the quota policy says. */
  RECALCULATE_QUOTA(
      "Quota", "Brings a quota to what the quota policy says.", Who.OPERATOR, Who.SYSTEM),
  /** Proves that all quotas and their ledgers agree. */
  CHECK_QUOTAS(
      "Quota", "Proves that all quotas and their ledgers agree.", Who.OPERATOR, Who.SYSTEM),
  /** Reads quotas, their balance and their ledger. */
  SEE_QUOTA(
      "Quota",
      "Reads quotas, their balance and their ledger.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Begins a benefit application. */
  DRAFT_APPLICATION(
      "Benefit application",
      "Begins a benefit application.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Changes what a benefit application asks for. */
  REVISE_APPLICATION(
      "Benefit application",
      "Changes what a benefit application asks for.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Submits a benefit application, or submits it again. */
  SUBMIT_APPLICATION(
      "Benefit application",
      "Submits a benefit application, or submits it again.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Takes a benefit application back to a draft. */
  RECALL_APPLICATION(
      "Benefit application",
      "Takes a benefit application back to a draft.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Gives a benefit application up. */
  CANCEL_APPLICATION(
      "Benefit application",
      "Gives a benefit application up.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Approves a benefit application. */
  APPROVE_APPLICATION(
      "Benefit application", "Approves a benefit application.", Who.OPERATOR, Who.SYSTEM),
  /** Sends a benefit application back to the partner. */
  REQUIRE_ACTION(
      "Benefit application",
      "Sends a benefit application back to the partner.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Rejects a benefit application. */
  REJECT_APPLICATION(
      "Benefit application", "Rejects a benefit application.", Who.OPERATOR, Who.SYSTEM),
  /** Fetches the codes of a benefit application. */
  FULFIL_APPLICATION(
      "Benefit application",
      "Fetches the codes of a benefit application.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Notes that the Benefit Center was asked in vain. */
  POSTPONE_FULFILMENT(
      "Benefit application",
      "Notes that the Benefit Center was asked in vain.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Leaves an application that cannot be fulfilled to a person. */
  GIVE_UP_FULFILMENT(
      "Benefit application",
      "Leaves an application that cannot be fulfilled to a person.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Has the Benefit Center asked again. */
  RETRY_FULFILMENT(
      "Benefit application", "Has the Benefit Center asked again.", Who.OPERATOR, Who.SYSTEM),
  /** Has codes given back to the Benefit Center now, from the first try on. */
  RETRY_GIVE_BACK(
      "Benefit application",
      "Has codes given back to the Benefit Center now, from the first try on.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Ends the giving back of codes that was settled with the Benefit Center by hand. */
  SETTLE_GIVE_BACK(
      "Benefit application",
      "Ends the giving back of codes that was settled with the Benefit Center by hand.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Reads which codes are still to be given back to the Benefit Center. */
  SEE_GIVE_BACKS(
      "Benefit application",
      "Reads which codes are still to be given back to the Benefit Center.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Reads benefit applications. */
  SEE_APPLICATIONS(
      "Benefit application",
      "Reads benefit applications.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Reads the Benefit Change Records. */
  SEE_BENEFIT_CHANGES(
      "Benefit application",
      "Reads the Benefit Change Records.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Puts codes into the embedded Benefit Center's stock. */
  IMPORT_STOCK(
      "Exam code",
      "Puts codes into the embedded Benefit Center's stock.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Takes codes out of the embedded Benefit Center's stock. */
  WITHDRAW_STOCK(
      "Exam code",
      "Takes codes out of the embedded Benefit Center's stock.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Reads what the embedded Benefit Center has in stock. */
  SEE_STOCK(
      "Exam code",
      "Reads what the embedded Benefit Center has in stock.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Makes a code a partner's. */
  ISSUE_CODE("Exam code", "Makes a code a partner's.", Who.OPERATOR, Who.SYSTEM),
  /** Imports codes that a partner already has. */
  IMPORT_CODES(
      "Exam code",
      "Imports codes that a partner already has.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Assigns a code to a member. */
  ASSIGN_CODE(
      "Exam code", "Assigns a code to a member.", Who.OWNER, Who.MANAGER, Who.OPERATOR, Who.SYSTEM),
  /** Gives an assigned code back to the partner. */
  RETURN_CODE(
      "Exam code",
      "Gives an assigned code back to the partner.",
      Who.SELF,
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Reserves a code for a booked exam. */
  RESERVE_CODE("Exam code", "Reserves a code for a booked exam.", Who.SYSTEM),
  /** Notes that the exam that a code is booked for was moved. */
  MOVE_RESERVATION(
      "Exam code", "Notes that the exam that a code is booked for was moved.", Who.SYSTEM),
  /** Gives a code back whose exam was canceled in time. */
  FREE_CODE("Exam code", "Gives a code back whose exam was canceled in time.", Who.SYSTEM),
  /** Notes that an exam was sat with a code. */
  REDEEM_CODE("Exam code", "Notes that an exam was sat with a code.", Who.SYSTEM),
  /** Notes that a code was lost by a no-show or a late cancellation. */
  FORFEIT_CODE(
      "Exam code", "Notes that a code was lost by a no-show or a late cancellation.", Who.SYSTEM),
  /** Ends a booked code's reservation whose result never came. */
  RELEASE_CODE(
      "Exam code",
      "Ends a booked code's reservation whose result never came.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Decides what becomes of a booked code whose holder has left or whose result never came. */
  DECIDE_CODE(
      "Exam code",
      "Decides what becomes of a booked code whose holder has left or whose result never came.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Gives a forfeited code back, on evidence. */
  REINSTATE_CODE(
      "Exam code", "Gives a forfeited code back, on evidence.", Who.OPERATOR, Who.SYSTEM),
  /** Lengthens a code's life. */
  EXTEND_CODE("Exam code", "Lengthens a code's life.", Who.OPERATOR, Who.SYSTEM),
  /** Takes a code away for good. */
  REVOKE_CODE("Exam code", "Takes a code away for good.", Who.OPERATOR, Who.SYSTEM),
  /** Ends a code whose life is over. */
  EXPIRE_CODE("Exam code", "Ends a code whose life is over.", Who.SYSTEM),
  /** Shows a code's text. */
  REVEAL_CODE(
      "Exam code",
      "Shows a code's text.",
      Who.SELF,
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Reads codes without their texts. */
  SEE_CODES(
      "Exam code",
      "Reads codes without their texts.",
      Who.SELF,
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Gives a partner its organization. */
  ESTABLISH_ORGANIZATION(
      "Organization", "Gives a partner its organization.", Who.OPERATOR, Who.SYSTEM),
  /** Stops an organization from admitting. */
  SUSPEND_ORGANIZATION(
      "Organization", "Stops an organization from admitting.", Who.OPERATOR, Who.SYSTEM),
  /** Ends an organization's suspension. */
  RESUME_ORGANIZATION(
      "Organization", "Ends an organization's suspension.", Who.OPERATOR, Who.SYSTEM),
  /** Closes an organization for good. */
  CLOSE_ORGANIZATION("Organization", "Closes an organization for good.", Who.OPERATOR, Who.SYSTEM),
  /** Reads an organization. */
  SEE_ORGANIZATION(
      "Organization",
      "Reads an organization.",
      Who.OWNER,
      Who.MANAGER,
      Who.MEMBER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Makes an account a member without a join request. */
  ADMIT_MEMBER(
      "Membership", "Makes an account a member without a join request.", Who.OPERATOR, Who.SYSTEM),
  /** Grants or withdraws a role. */
  GRANT_ROLE("Membership", "Grants or withdraws a role.", Who.OWNER, Who.OPERATOR, Who.SYSTEM),
  /** Hands the ownership over to another member. */
  TRANSFER_OWNERSHIP(
      "Membership",
      "Hands the ownership over to another member.",
      Who.OWNER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Removes a plain member. */
  REMOVE_MEMBER(
      "Membership", "Removes a plain member.", Who.OWNER, Who.MANAGER, Who.OPERATOR, Who.SYSTEM),
  /** Removes a manager. */
  REMOVE_MANAGER("Membership", "Removes a manager.", Who.OWNER, Who.OPERATOR, Who.SYSTEM),
  /** Removes an owner. */
  REMOVE_OWNER("Membership", "Removes an owner.", Who.OWNER, Who.OPERATOR, Who.SYSTEM),
  /** Leaves the organization. */
  QUIT_ORGANIZATION("Membership", "Leaves the organization.", Who.SELF),
  /** Reads who is a member. */
  SEE_MEMBERS(
      "Membership",
      "Reads who is a member.",
      Who.SELF,
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Copies the invitation link. */
  COPY_LINK(
      "Invitation",
      "Copies the invitation link.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Replaces the invitation link. */
  ROTATE_LINK(
      "Invitation",
      "Replaces the invitation link.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Makes a further link with limits of its own. */
  CREATE_LINK(
      "Invitation",
      "Makes a further link with limits of its own.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Changes a link's limits. */
  CHANGE_LINK(
      "Invitation", "Changes a link's limits.", Who.OWNER, Who.MANAGER, Who.OPERATOR, Who.SYSTEM),
  /** Invites one account. */
  INVITE("Invitation", "Invites one account.", Who.OWNER, Who.MANAGER, Who.OPERATOR, Who.SYSTEM),
  /** Sends a personal invitation again. */
  RESEND_INVITATION(
      "Invitation",
      "Sends a personal invitation again.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Answers a personal invitation by the application form. */
  ACCEPT_INVITATION(
      "Invitation", "Answers a personal invitation by the application form.", Who.SELF),
  /** Declines a personal invitation. */
  DECLINE_INVITATION("Invitation", "Declines a personal invitation.", Who.SELF),
  /** Takes an invitation or a link back. */
  REVOKE_INVITATION(
      "Invitation",
      "Takes an invitation or a link back.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Ends an invitation or a link whose time is over. */
  EXPIRE_INVITATION("Invitation", "Ends an invitation or a link whose time is over.", Who.SYSTEM),
  /** Ends a link that was used as often as it may be. */
  EXHAUST_LINK("Invitation", "Ends a link that was used as often as it may be.", Who.SYSTEM),
  /** Reads invitations and links. */
  SEE_INVITATIONS(
      "Invitation",
      "Reads invitations and links.",
      Who.SELF,
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Asks to join an organization. */
  SUBMIT_JOIN_REQUEST("Join request", "Asks to join an organization.", Who.ANYONE),
  /** Approves a join request, never one's own. */
  APPROVE_JOIN_REQUEST(
      "Join request",
      "Approves a join request, never one's own.",
      Who.OWNER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Rejects a join request, never one's own. */
  REJECT_JOIN_REQUEST(
      "Join request",
      "Rejects a join request, never one's own.",
      Who.OWNER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Takes one's join request back. */
  WITHDRAW_JOIN_REQUEST("Join request", "Takes one's join request back.", Who.SELF),
  /** Ends a join request that nobody decided in time. */
  EXPIRE_JOIN_REQUEST(
      "Join request", "Ends a join request that nobody decided in time.", Who.SYSTEM),
  /** Reads join requests; their forms are for those who may decide. */
  SEE_APPLICANTS(
      "Join request",
      "Reads join requests; their forms are for those who may decide.",
      Who.SELF,
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Books an exam. */
  REGISTER_EXAM("Exam registration", "Books an exam.", Who.SELF),
  /** Moves an appointment. */
  RESCHEDULE_EXAM("Exam registration", "Moves an appointment.", Who.SELF),
  /** Cancels a booked exam. */
  CANCEL_EXAM("Exam registration", "Cancels a booked exam.", Who.SELF),
  /** Notes the ids that Pearson VUE shows. */
  NOTE_EXAM_IDS(
      "Exam registration",
      "Notes the ids that Pearson VUE shows.",
      Who.SELF,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Notes that a booked exam was sat. */
  DELIVER_EXAM("Exam registration", "Notes that a booked exam was sat.", Who.SYSTEM),
  /** Notes that nobody came to a booked exam. */
  MARK_NO_SHOW(
      "Exam registration", "Notes that nobody came to a booked exam.", Who.OPERATOR, Who.SYSTEM),
  /** Reads exam registrations. */
  SEE_REGISTRATIONS(
      "Exam registration",
      "Reads exam registrations.",
      Who.SELF,
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Takes exam records, from a feed or one by one. */
  RECEIVE_RECORD(
      "Exam record", "Takes exam records, from a feed or one by one.", Who.OPERATOR, Who.SYSTEM),
  /** Holds a record that stands. */
  HOLD_RECORD("Exam record", "Holds a record that stands.", Who.OPERATOR, Who.SYSTEM),
  /** Lets a held record stand. */
  RELEASE_RECORD("Exam record", "Lets a held record stand.", Who.OPERATOR, Who.SYSTEM),
  /** Takes a record's word away for good. */
  INVALIDATE_RECORD(
      "Exam record", "Takes a record's word away for good.", Who.OPERATOR, Who.SYSTEM),
  /** Reads exam records. */
  SEE_RECORDS("Exam record", "Reads exam records.", Who.OPERATOR, Who.SYSTEM),
  /** Makes the certificate of a passed exam. */
  EARN_CERTIFICATE("Certificate", "Makes the certificate of a passed exam.", Who.SYSTEM),
  /** Keeps a certificate from counting for the time being. */
  SUSPEND_CERTIFICATE(
      "Certificate",
      "Keeps a certificate from counting for the time being.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Ends a certificate's suspension. */
  REINSTATE_CERTIFICATE(
      "Certificate", "Ends a certificate's suspension.", Who.OPERATOR, Who.SYSTEM),
  /** Takes a certificate away for good. */
  REVOKE_CERTIFICATE("Certificate", "Takes a certificate away for good.", Who.OPERATOR, Who.SYSTEM),
  /** Replaces a certificate by a new one with a new number. */
  RENEW_CERTIFICATE(
      "Certificate",
      "Replaces a certificate by a new one with a new number.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Ends a certificate whose validity is over. */
  EXPIRE_CERTIFICATE("Certificate", "Ends a certificate whose validity is over.", Who.SYSTEM),
  /** Reads certificates and why they count or not. */
  SEE_CERTIFICATES(
      "Certificate",
      "Reads certificates and why they count or not.",
      Who.SELF,
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Reads what counts for a partner. */
  SEE_TALLY(
      "Certificate",
      "Reads what counts for a partner.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Submits the ids to bind a certificate. */
  SUBMIT_BINDING("Certificate binding", "Submits the ids to bind a certificate.", Who.ANYONE),
  /** Corrects the ids of a binding. */
  CORRECT_BINDING("Certificate binding", "Corrects the ids of a binding.", Who.SELF),
  /** Gives a binding up whose ids are to be checked. */
  GIVE_UP_BINDING(
      "Certificate binding",
      "Gives a binding up whose ids are to be checked.",
      Who.SELF,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Looks for the record of a binding. */
  MATCH_BINDING(
      "Certificate binding", "Looks for the record of a binding.", Who.OPERATOR, Who.SYSTEM),
  /** Binds a certificate, once and for ever. */
  BIND_CERTIFICATE("Certificate binding", "Binds a certificate, once and for ever.", Who.SYSTEM),
  /** Asks for the ids to be checked. */
  CHECK_IDS("Certificate binding", "Asks for the ids to be checked.", Who.SYSTEM),
  /** Ends a binding whose ids were not corrected in time. */
  LAPSE_BINDING(
      "Certificate binding", "Ends a binding whose ids were not corrected in time.", Who.SYSTEM),
  /** Reads bindings. */
  SEE_BINDINGS("Certificate binding", "Reads bindings.", Who.SELF, Who.OPERATOR, Who.SYSTEM),
  /** Has a profile, books and sits exams at Pearson VUE. */
  USE_PEARSON_VUE(
      "Pearson VUE",
      "Has a profile, books and sits exams at Pearson VUE.",
      Who.SELF,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Runs the embedded Pearson VUE: seats, vouchers, deliveries, results. */
  RUN_TEST_CENTER(
      "Pearson VUE",
      "Runs the embedded Pearson VUE: seats, vouchers, deliveries, results.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Notes what Pearson VUE is to be asked for. */
  REQUEST_BOOKING("Pearson VUE", "Notes what Pearson VUE is to be asked for.", Who.SYSTEM),
  /** Asks Pearson VUE. */
  ASK_PEARSON_VUE("Pearson VUE", "Asks Pearson VUE.", Who.SYSTEM),
  /** Notes that Pearson VUE has done what it was asked for. */
  SETTLE_BOOKING(
      "Pearson VUE", "Notes that Pearson VUE has done what it was asked for.", Who.SYSTEM),
  /** Notes that what Pearson VUE was asked for was refused, and undone. */
  REFUSE_BOOKING(
      "Pearson VUE",
      "Notes that what Pearson VUE was asked for was refused, and undone.",
      Who.SYSTEM),
  /** Puts off what Pearson VUE did not answer. */
  POSTPONE_BOOKING("Pearson VUE", "Puts off what Pearson VUE did not answer.", Who.SYSTEM),
  /** Leaves what Pearson VUE never answers to a person. */
  GIVE_UP_BOOKING("Pearson VUE", "Leaves what Pearson VUE never answers to a person.", Who.SYSTEM),
  /** Has Pearson VUE asked again, from the first try on. */
  RETRY_BOOKING(
      "Pearson VUE",
      "Has Pearson VUE asked again, from the first try on.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Ends a request that was settled with Pearson VUE by hand. */
  ABANDON_BOOKING(
      "Pearson VUE",
      "Ends a request that was settled with Pearson VUE by hand.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Reads what Pearson VUE is being asked for. */
  SEE_BOOKING_REQUESTS(
      "Pearson VUE", "Reads what Pearson VUE is being asked for.", Who.OPERATOR, Who.SYSTEM),
  /** Puts a notice where it is sent from. */
  QUEUE_NOTICE("Notice", "Puts a notice where it is sent from.", Who.SYSTEM),
  /** Hands a notice to the notifier. */
  SEND_NOTICE("Notice", "Hands a notice to the notifier.", Who.SYSTEM),
  /** Notes that the notifier has taken a notice. */
  CONFIRM_NOTICE("Notice", "Notes that the notifier has taken a notice.", Who.SYSTEM),
  /** Puts a notice off that the notifier did not take. */
  POSTPONE_NOTICE("Notice", "Puts a notice off that the notifier did not take.", Who.SYSTEM),
  /** Leaves a notice that nobody takes to a person. */
  GIVE_UP_NOTICE("Notice", "Leaves a notice that nobody takes to a person.", Who.SYSTEM),
  /** Has a notice sent again, from the first try on. */
  RETRY_NOTICE(
      "Notice", "Has a notice sent again, from the first try on.", Who.OPERATOR, Who.SYSTEM),
  /** Gives a notice up that need not be sent any more. */
  DISCARD_NOTICE(
      "Notice", "Gives a notice up that need not be sent any more.", Who.OPERATOR, Who.SYSTEM),
  /** Reads which notices were sent and which were not. */
  SEE_NOTICES(
      "Notice", "Reads which notices were sent and which were not.", Who.OPERATOR, Who.SYSTEM),
  /** Asks what training admins ask. */
  SEE_INSIGHT(
      "Programme",
      "Asks what training admins ask.",
      Who.OWNER,
      Who.MANAGER,
      Who.OPERATOR,
      Who.SYSTEM),
  /** Reads who did what. */
  SEE_AUDIT("Programme", "Reads who did what.", Who.OPERATOR, Who.SYSTEM),
  /** Erases an account's personal data. */
  ERASE_ACCOUNT("Programme", "Erases an account's personal data.", Who.OPERATOR, Who.SYSTEM),
  /** Erases what has been kept as long as it may be. */
  APPLY_RETENTION(
      "Programme", "Erases what has been kept as long as it may be.", Who.OPERATOR, Who.SYSTEM),
  /** Asks whether everything works. */
  SEE_HEALTH("Platform", "Asks whether everything works.", Who.OPERATOR, Who.SYSTEM),
  /** Lists which processes stand still or have failed, and why. */
  SEE_INCIDENTS(
      "Platform",
      "Lists which processes stand still or have failed, and why.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Has a failed step of a process tried again. */
  RETRY_INCIDENT(
      "Platform", "Has a failed step of a process tried again.", Who.OPERATOR, Who.SYSTEM),
  /** Corrects what names the thing that a process is about, which stands still. */
  CORRECT_INCIDENT(
      "Platform",
      "Corrects what names the thing that a process is about, which stands still.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Lists where the processes and the domain disagree. */
  SEE_DISAGREEMENTS(
      "Platform", "Lists where the processes and the domain disagree.", Who.OPERATOR, Who.SYSTEM),
  /** Begins, ends or corrects a process so that it agrees with the domain. */
  RESOLVE_DISAGREEMENT(
      "Platform",
      "Begins, ends or corrects a process so that it agrees with the domain.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Asks which processes run on earlier diagrams, and whether they can go on with the newest. */
  PREVIEW_UPGRADE(
      "Platform",
      "Asks which processes run on earlier diagrams, and whether they can go on with the newest.",
      Who.OPERATOR,
      Who.SYSTEM),
  /** Has processes that run on earlier diagrams go on with the newest. */
  UPGRADE_PROCESSES(
      "Platform",
      "Has processes that run on earlier diagrams go on with the newest.",
      Who.OPERATOR,
      Who.SYSTEM);

  private final String area;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // Never handed out but as a copy.
  private final Set<Who> byDefault;

  Operation(String area, String description, Who... byDefault) {
    this.area = area;
    this.description = description;
    this.byDefault = EnumSet.of(byDefault[0], byDefault);
  }

  /**
   * What it is done to.
   *
   * @return such as {@code Exam code}
   */
  public String area() {
    return area;
  }

  /**
   * What it does.
   *
   * @return a sentence
   */
  public String description() {
    return description;
  }

  /**
   * Who may do it unless a host's permissions say otherwise.
   *
   * @return at least one; a new set
   */
  public Set<Who> byDefault() {
    return EnumSet.copyOf(byDefault);
  }

  /**
   * The name as it reads in a sentence.
   *
   * @return such as {@code assign code}
   */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
