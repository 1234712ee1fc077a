package io.acpbenefits.insight;

import io.acpbenefits.certificate.BindingPolicy;
import io.acpbenefits.certificate.Certificates;
import io.acpbenefits.certificate.Tally;
import io.acpbenefits.certificate.TallyPolicy;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.invitation.InvitationPolicy;
import io.acpbenefits.organization.Organizations;
import io.acpbenefits.partner.PartnerId;
import io.acpbenefits.permission.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What training admins ask; read-only, thread-safe.
 *
 * <p>Every question is about one partner and its organization: nothing of others is told. All
 * refuse with NOT_PERMITTED unless the actor may (by default owners and managers of that
 * organization, operators and the system), with NOT_FOUND if the partner has no organization, and
 * with INVALID_INPUT if a page's key is not what the page before returned.
 *
 * <p>Whether something has expired is told by the clock, whether or not it was written yet. Lists
 * are cut by key: what is there all the time comes exactly once, whatever is added meanwhile.
 *
 * <p>Source: the tally that decides on eligibility ("How to link certifications to Partner
 * Account"); the other questions go beyond it.
 */
public final class Insights {

  private final Access access;
  private final Exams exams;
  private final Organizations organizations;
  private final Tallies tallies;
  private final Forecasts forecasts;
  private final UnusedCodes unusedCodes;
  private final Funnels funnels;
  private final StuckPeople stuckPeople;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param access who may do what
   * @param exams the catalogue
   * @param organizations whose figures these are
   * @param certificates what counts
   * @param tally whose certificates count
   * @param inviting when a join request is overdue
   * @param binding until when ids can be corrected
   */
  public Insights(
      Domain domain,
      Access access,
      Exams exams,
      Organizations organizations,
      Certificates certificates,
      TallyPolicy tally,
      InvitationPolicy inviting,
      BindingPolicy binding) {
    this.access = access;
    this.exams = exams;
    this.organizations = organizations;
    this.tallies = new Tallies(domain, certificates, tally);
    this.forecasts = new Forecasts(domain, exams, certificates, tally);
    this.unusedCodes = new UnusedCodes(domain, exams);
    this.funnels = new Funnels(domain);
    this.stuckPeople = new StuckPeople(domain, inviting, binding);
  }

  private Scope scope(Actor actor, PartnerId partner) {
    return Scope.of(access, organizations, actor, partner);
  }

  /**
   * What counts per exam: certificates, and different people who hold them.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner for whom
   * @param page which part
   * @return in the order of the exams' ids; exams that nothing counts of are left out
   */
  public Page<Tally> tally(Actor actor, PartnerId partner, PageRequest page) {
    return tallies.byExam(scope(actor, partner), page);
  }

  /**
   * What counted per exam at a past instant.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner for whom
   * @param at as of when; not after now
   * @param page which part
   * @return in the order of the exams' ids; exams that nothing counted of are left out
   */
  public Page<Tally> tally(Actor actor, PartnerId partner, Instant at, PageRequest page) {
    return tallies.byExam(scope(actor, partner), at, page);
  }

  /**
   * What counts per level. Somebody who holds several certificates of a level is one person there,
   * so that these are not the sums of the exams' people.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner for whom
   * @return in the order of the levels; levels that nothing counts of are left out
   */
  public List<LevelTally> tallyByLevel(Actor actor, PartnerId partner) {
    return tallies.byLevel(scope(actor, partner));
  }

  /**
   * What counted per level at a past instant.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner for whom
   * @param at as of when; not after now
   * @return in the order of the levels; levels that nothing counted of are left out
   */
  public List<LevelTally> tallyByLevel(Actor actor, PartnerId partner, Instant at) {
    return tallies.byLevel(scope(actor, partner), at);
  }

  /**
   * What would count per exam if something happened now. Nothing is written for it.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner for whom
   * @param supposed what is supposed to happen
   * @param page which part
   * @return in the order of the exams' ids: exams that anything counts of, or would
   * @throws io.acpbenefits.common.Refusal also NOT_A_MEMBER if somebody who is supposed to pass or
   *     leave is no active member, NOT_FOUND if a certificate is not attributed to the organization
   *     or there is no such exam, or EXAM_RETIRED if an exam can no longer be sat
   */
  public Page<TallyForecast> whatIf(
      Actor actor, PartnerId partner, WhatIf supposed, PageRequest page) {
    return forecasts.byExam(scope(actor, partner), supposed, page);
  }

  /**
   * What would count per level if something happened now; nothing is written for it.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner for whom
   * @param supposed what is supposed to happen
   * @return in the order of the levels: levels that anything counts of, or would
   * @throws io.acpbenefits.common.Refusal as {@link #whatIf}
   */
  public List<LevelForecast> whatIfByLevel(Actor actor, PartnerId partner, WhatIf supposed) {
    return forecasts.byLevel(scope(actor, partner), supposed);
  }

  /**
   * Unused codes, ISSUED or ASSIGNED, that are about to expire.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner whose
   * @param within how soon, 0 to 3,660 days
   * @param suggestions how many members to suggest for each that nobody holds, 0 to 10
   * @param page which part
   * @return those that expire first come first
   * @throws io.acpbenefits.common.Refusal also INVALID_INPUT
   */
  public Page<ExpiringCode> expiringCodes(
      Actor actor, PartnerId partner, Duration within, int suggestions, PageRequest page) {
    return unusedCodes.expiring(scope(actor, partner), within, suggestions, page);
  }

  /**
   * To whom codes of an exam could be given: active members who hold no open code of the partner
   * for it, and no certificate of it that is valid or suspended, bound or not. First come those who
   * failed or missed the exam as members, then those without a valid certificate of its level, then
   * the others; within each, whoever has been a member longest, then by account id.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner whose members
   * @param exam for which exam
   * @param page which part
   * @return best first; nobody if the exam's life is over
   * @throws io.acpbenefits.common.Refusal also NOT_FOUND if there is no such exam
   */
  public Page<Suggestion> suggestions(
      Actor actor, PartnerId partner, ExamId exam, PageRequest page) {
    return unusedCodes.suggestions(scope(actor, partner), exam, page);
  }

  /**
   * Unused codes, ISSUED or ASSIGNED and not expired, of exams whose end of sale or end of life is
   * near or past.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner whose
   * @param within how near, 0 to 3,660 days
   * @param page which part
   * @return by exam, within one by issue
   * @throws io.acpbenefits.common.Refusal also INVALID_INPUT
   */
  public Page<RetiringCode> retiringCodes(
      Actor actor, PartnerId partner, Duration within, PageRequest page) {
    return unusedCodes.retiring(scope(actor, partner), within, page);
  }

  /**
   * How far the codes that the partner got in a period have come by now, and the bookings that
   * members paid for themselves in it: issued, assigned, booked, sat, passed, bound, per exam.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner whose
   * @param from where the period begins
   * @param until where it ends, itself excluded
   * @param page which part
   * @return in the order of the exams' ids; exams without any are left out
   * @throws io.acpbenefits.common.Refusal also INVALID_INPUT if it ends before it begins
   */
  public Page<ExamFunnel> funnel(
      Actor actor, PartnerId partner, Instant from, Instant until, PageRequest page) {
    return funnels.byExam(scope(actor, partner), from, until, page);
  }

  /**
   * The sums of {@link #funnel} per level.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner whose
   * @param from where the period begins
   * @param until where it ends, itself excluded
   * @return in the order of the levels; levels without any are left out
   * @throws io.acpbenefits.common.Refusal also INVALID_INPUT if it ends before it begins
   */
  public List<LevelFunnel> funnelByLevel(
      Actor actor, PartnerId partner, Instant from, Instant until) {
    return funnels.byLevel(scope(actor, partner), from, until);
  }

  /**
   * Who does not get on, and who has to do what next.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner whose members, applicants and invited people
   * @param patience for how long something may rest
   * @param page which part
   * @return kind after kind; within a kind what began first comes first
   */
  public Page<StuckPerson> stuck(
      Actor actor, PartnerId partner, Patience patience, PageRequest page) {
    return stuckPeople.of(scope(actor, partner), patience, page);
  }

  /**
   * The same questions, answered as files.
   *
   * @param actor by default an owner, a manager, an operator or the system
   * @param partner about whom
   * @return writes the answers as CSV; each asks anew whether the actor may
   */
  public InsightsAsCsv csv(Actor actor, PartnerId partner) {
    scope(actor, partner);
    return new InsightsAsCsv(this, exams, actor, partner);
  }
}
