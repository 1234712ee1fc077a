package io.acpbenefits.organization;

/** Where an organization stands: {@code ACTIVE ⇄ SUSPENDED → CLOSED}. */
public enum OrganizationState {
  /** Open for members. */
  ACTIVE,
  /** Admits nobody for the time being. */
  SUSPENDED,
  /** Gone, for good. */
  CLOSED
}
