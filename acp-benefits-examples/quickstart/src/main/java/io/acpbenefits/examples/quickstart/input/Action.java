package io.acpbenefits.examples.quickstart.input;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a row of {@code journey.csv} does, which cells it needs, and what its ref may name. */
@SuppressWarnings("ImmutableEnumChecker") // Both lists are made by List.of.
public enum Action {
  /** A partner asks for codes of one exam. */
  APPLY_FOR_CODES(needs("actor", "partner_id", "exam_id", "quantity")),
  /** The partner's invitation link is replaced, the old one is revoked. */
  ROTATE_INVITATION_LINK(needs("actor", "partner_id")),
  /** The actor asks to join, through the current link or through the one of the ref. */
  REQUEST_TO_JOIN(needs("actor", "partner_id|ref"), "rotate-invitation-link", "request-to-join"),
  /** The actor takes the own latest request back. */
  WITHDRAW_REQUEST(needs("actor", "partner_id")),
  /** The account's latest request is approved. */
  APPROVE(needs("actor", "partner_id", "account")),
  /** The account's latest request is rejected. */
  REJECT(needs("actor", "partner_id", "account")),
  /** The account is removed from the organization. */
  REMOVE_MEMBER(needs("actor", "partner_id", "account")),
  /** The actor leaves the organization. */
  QUIT_ORGANIZATION(needs("actor")),
  /** An issued code of the exam is given to the account. */
  ASSIGN_CODE(needs("actor", "partner_id", "exam_id", "account")),
  /** An assigned code is given back. */
  RETURN_CODE(needs("actor", "exam_id|ref"), "assign-code"),
  /** The actor books an exam. */
  REGISTER_EXAM(needs("actor", "exam_id", "payment", "delivery", "appointment"), "assign-code"),
  /** A booked exam is moved to another appointment. */
  RESCHEDULE_EXAM(needs("actor", "ref", "appointment"), "register-exam"),
  /** A booked exam is called off. */
  CANCEL_EXAM(needs("actor", "ref"), "register-exam"),
  /** A line of the Pearson VUE feed arrives. */
  EXAM_RECORD(
      needs("outcome", "exam_id|ref", "candidate_id|ref", "registration_id|ref"), "register-exam"),
  /** The actor binds a certificate to the own account. */
  BIND_CERTIFICATE(needs("actor", "exam_id", "candidate_id", "registration_id")),
  /** The ids of an earlier binding are corrected. */
  CORRECT_BINDING(
      needs("actor", "ref", "candidate_id", "registration_id"),
      "bind-certificate",
      "correct-binding"),
  /** Nothing but time passes. */
  ADVANCE(needs());

  private static final Pattern OR = Pattern.compile("\\|");

  private final String word;
  private final List<String> needs;
  private final List<String> refKinds;

  Action(List<String> needs, String... refKinds) {
    this.word = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.needs = needs;
    this.refKinds = List.of(refKinds);
  }

  /**
   * The action as the file writes it.
   *
   * @return for example {@code apply-for-codes}
   */
  public String word() {
    return word;
  }

  /** The cells that must be filled: of each inner list at least one. */
  List<List<String>> neededCells() {
    return needs.stream().map(need -> OR.splitAsStream(need).toList()).toList();
  }

  boolean booksAnAppointment() {
    return needs.contains("appointment");
  }

  /** The actions whose rows the ref may name, as words; empty when the ref means nothing here. */
  List<String> refKinds() {
    return refKinds;
  }

  private static List<String> needs(String... columns) {
    return List.of(columns);
  }
}
