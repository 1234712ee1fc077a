package io.acpbenefits.certificate;

import java.util.List;

/**
 * Why a certificate counts for a partner or does not, in sentences for a person. Never names
 * another organization.
 *
 * @param certificateId which certificate
 * @param counts whether it counts now
 * @param facts what decides it, the certificate's own state first; at least one
 * @param changes what would change it, a sentence each; empty if it counts for good
 */
public record Explanation(
    CertificateId certificateId, boolean counts, List<Fact> facts, List<String> changes) {

  /** Keeps the lists from being changed. */
  public Explanation {
    facts = List.copyOf(facts);
    changes = List.copyOf(changes);
  }

  /**
   * One thing that matters.
   *
   * @param kind what kind of thing
   * @param sentence the sentence; its wording may change, its kind does not
   */
  public record Fact(FactKind kind, String sentence) {}

  /** What kind of thing a sentence says. */
  public enum FactKind {
    /** The certificate is valid. */
    VALID,
    /** It is valid, but not for long any more. */
    EXPIRES_SOON,
    /** It is suspended, since when and why. */
    SUSPENDED,
    /** Its validity is over, since when. */
    EXPIRED,
    /** It was revoked, and when. */
    REVOKED,
    /** It was renewed, and which one is in its place. */
    SUPERSEDED,
    /** Its exam has left the catalogue, which does not matter to certificates. */
    EXAM_RETIRED,
    /** It is bound to no account. */
    NOT_BOUND,
    /** Its holder was in no organization when it was bound. */
    ATTRIBUTED_TO_NONE,
    /** It counts, if at all, for another organization. */
    ATTRIBUTED_ELSEWHERE,
    /** It is attributed to this partner's organization. */
    ATTRIBUTED_HERE,
    /** Its holder is a member now. */
    HOLDER_IS_MEMBER,
    /** Its holder has quit. */
    HOLDER_LEFT,
    /** Its holder was removed. */
    HOLDER_REMOVED,
    /** Its holder is no member any more, but leavers keep counting. */
    LEAVERS_COUNT
  }
}
