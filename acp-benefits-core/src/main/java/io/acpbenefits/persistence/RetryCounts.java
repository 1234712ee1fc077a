package io.acpbenefits.persistence;

/**
 * How often transactions met others, since the library was built.
 *
 * @param repeated how many attempts were begun anew
 * @param exhausted how many transactions failed in the end because the last attempt met another one
 *     as well
 */
public record RetryCounts(long repeated, long exhausted) {

  /** Nothing was repeated, or nobody counts. */
  public static final RetryCounts NONE = new RetryCounts(0, 0);
}
