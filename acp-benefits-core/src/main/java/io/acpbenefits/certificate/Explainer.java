package io.acpbenefits.certificate;

import io.acpbenefits.certificate.Explanation.Fact;
import io.acpbenefits.certificate.Explanation.FactKind;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.exam.Exams;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.organization.MembershipState;
import io.acpbenefits.organization.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts into sentences what the tally computes; the two must agree, which a test keeps. */
final class Explainer {

  private static final String NEW_ONE =
      "Nothing changes that for this certificate. Another one counts here if its holder is an"
          + " active member of this organization at the moment of binding.";

  private final Domain domain;
  private final Exams exams;
  private final CertificateStore store;
  private final Rows<TallyMapper> memberships;
  private final TallyPolicy tally;
  private final CertificatePolicy policy;

  Explainer(
      Domain domain,
      Exams exams,
      CertificateStore store,
      TallyPolicy tally,
      CertificatePolicy policy) {
    this.domain = domain;
    this.exams = exams;
    this.store = store;
    this.memberships = domain.rows(TallyMapper.class);
    this.tally = tally;
    this.policy = policy;
  }

  /** For an organization; for none where nobody asks for one and it is attributed to none. */
  Explanation explain(Certificate certificate, @Nullable OrganizationId organization) {
    List<Fact> facts = new ArrayList<>();
    List<String> changes = new ArrayList<>();
    state(certificate, facts, changes);
    exam(certificate, facts);
    // What is over for good does not begin to count by joining or binding.
    boolean open = !CertificateState.lifecycle().allowedIn(certificate.state()).isEmpty();
    boolean counted =
        attribution(certificate, organization, facts, open ? changes : new ArrayList<>());
    boolean valid = certificate.state() == CertificateState.VALID;
    return new Explanation(certificate.certificateId(), valid && counted, facts, changes);
  }

  private void state(Certificate certificate, List<Fact> facts, List<String> changes) {
    Instant until = certificate.validUntil();
    switch (certificate.state()) {
      case VALID -> {
        if (until == null) {
          facts.add(new Fact(FactKind.VALID, "It is valid and does not expire."));
        } else {
          facts.add(
              policy.isSoon(until, domain.now())
                  ? new Fact(FactKind.EXPIRES_SOON, "It is valid, but only until " + until + ".")
                  : new Fact(FactKind.VALID, "It is valid until " + until + "."));
          changes.add("Unless it is renewed before, it expires at " + until + ".");
        }
      }
      case SUSPENDED -> {
        String since = "It has been suspended since " + since(certificate);
        if (certificate.heldWithRecord()) {
          facts.add(new Fact(FactKind.SUSPENDED, since + ", because its exam record is held."));
          changes.add("It is valid again as soon as an operator lets its exam record stand.");
        } else {
          facts.add(new Fact(FactKind.SUSPENDED, since + "."));
          changes.add("It is valid again as soon as an operator reinstates it.");
        }
      }
      case EXPIRED -> {
        facts.add(new Fact(FactKind.EXPIRED, "It expired at " + until + "."));
        changes.add("An expired certificate cannot be renewed; passing the exam earns a new one.");
      }
      case REVOKED -> {
        facts.add(new Fact(FactKind.REVOKED, "It was revoked at " + since(certificate) + "."));
        changes.add("A revoked certificate stays revoked; passing the exam earns a new one.");
      }
      case SUPERSEDED -> {
        String number =
            store
                .get(m -> m.renewalOf(certificate.certificateId()))
                .map(renewal -> renewal.number().value())
                .orElseThrow();
        facts.add(
            new Fact(
                FactKind.SUPERSEDED,
                "It was renewed at "
                    + since(certificate)
                    + "; certificate "
                    + number
                    + " has taken its place."));
        changes.add("Certificate " + number + " is the one that can count.");
      }
    }
  }

  private Instant since(Certificate certificate) {
    List<CertificateChange> history = store.history(certificate.certificateId());
    return history.get(history.size() - 1).since();
  }

  private void exam(Certificate certificate, List<Fact> facts) {
    Instant end = exams.get(Actor.system(), certificate.examId()).endOfLife();
    if (end != null && !domain.now().isBefore(end)) {
      facts.add(
          new Fact(
              FactKind.EXAM_RETIRED,
              "Its exam ended at " + end + ", which does not matter: certificates stay."));
    }
  }

  private boolean attribution(
      Certificate certificate,
      @Nullable OrganizationId organization,
      List<Fact> facts,
      List<String> changes) {
    AccountId holder = certificate.accountId();
    OrganizationId attributed = certificate.organizationId();
    if (holder == null) {
      facts.add(new Fact(FactKind.NOT_BOUND, "It is not bound to an account."));
      changes.add(
          "It is attributed to this organization if the candidate, as an active member of it, binds"
              + " it with Candidate ID and Registration ID.");
      return false;
    }
    if (attributed == null) {
      facts.add(
          new Fact(
              FactKind.ATTRIBUTED_TO_NONE,
              "Its holder was in no organization when it was bound at "
                  + certificate.boundAt()
                  + ", so it is attributed to none, for ever."));
      changes.add(NEW_ONE);
      return false;
    }
    if (!Objects.equals(attributed, organization)) {
      facts.add(
          new Fact(
              FactKind.ATTRIBUTED_ELSEWHERE,
              "It is attributed to another organization, for ever."));
      changes.add(NEW_ONE);
      return false;
    }
    facts.add(
        new Fact(
            FactKind.ATTRIBUTED_HERE,
            "It has been attributed to this organization since "
                + certificate.boundAt()
                + ", for ever."));
    return membership(holder, attributed, facts, changes);
  }

  private boolean membership(
      AccountId holder, OrganizationId organization, List<Fact> facts, List<String> changes) {
    Optional<MembershipState> last = memberships.get(m -> m.lastMembership(holder, organization));
    if (last.filter(state -> state == MembershipState.ACTIVE).isPresent()) {
      facts.add(new Fact(FactKind.HOLDER_IS_MEMBER, "Its holder is an active member."));
      return true;
    }
    boolean removed = last.filter(state -> state == MembershipState.REMOVED).isPresent();
    facts.add(
        removed
            ? new Fact(FactKind.HOLDER_REMOVED, "Its holder was removed from the organization.")
            : new Fact(FactKind.HOLDER_LEFT, "Its holder has left the organization."));
    if (tally == TallyPolicy.LEAVERS_TOO) {
      facts.add(
          new Fact(
              FactKind.LEAVERS_COUNT, "Certificates of people who have left go on counting here."));
      return true;
    }
    changes.add("It counts again if its holder joins this organization again.");
    return false;
  }
}
