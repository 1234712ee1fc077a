package io.acpbenefits.insight;

/**
 * Certificates and the people who hold them.
 *
 * @param certificates how many certificates
 * @param people how many different people hold them
 */
public record Count(long certificates, long people) {

  /** Nothing. */
  public static final Count NONE = new Count(0, 0);

  /**
   * These and others.
   *
   * @param other how many more; negative for fewer
   * @return the sum
   */
  public Count plus(Count other) {
    return new Count(certificates + other.certificates, people + other.people);
  }

  /**
   * How many more these are.
   *
   * @param other than which
   * @return the difference, perhaps negative
   */
  public Count minus(Count other) {
    return new Count(certificates - other.certificates, people - other.people);
  }
}
