package io.acpbenefits.examrecord;

/**
 * What lines of exam records came to; each line is counted once.
 *
 * @param stored how many records were the first of their ids
 * @param corrected how many took the place of what was said before
 * @param invalidated how many took away what was said before
 * @param repeated how many were known already, to the letter
 * @param held how many contradict what was said before and wait for an operator
 * @param setAside how many could not be taken
 */
public record FeedCounts(
    long stored, long corrected, long invalidated, long repeated, long held, long setAside) {

  static final FeedCounts NONE = new FeedCounts(0, 0, 0, 0, 0, 0);

  /**
   * All of them.
   *
   * @return the number of lines
   */
  public long lines() {
    return stored + corrected + invalidated + repeated + held + setAside;
  }

  FeedCounts and(ExamRecords.Receipt receipt) {
    return switch (receipt) {
      case STORED -> plus(new FeedCounts(1, 0, 0, 0, 0, 0));
      case CORRECTED -> plus(new FeedCounts(0, 1, 0, 0, 0, 0));
      case INVALIDATED -> plus(new FeedCounts(0, 0, 1, 0, 0, 0));
      case REPEATED -> plus(new FeedCounts(0, 0, 0, 1, 0, 0));
      case HELD -> plus(new FeedCounts(0, 0, 0, 0, 1, 0));
    };
  }

  FeedCounts andOneSetAside() {
    return plus(new FeedCounts(0, 0, 0, 0, 0, 1));
  }

  FeedCounts plus(FeedCounts more) {
    return new FeedCounts(
        stored + more.stored,
        corrected + more.corrected,
        invalidated + more.invalidated,
        repeated + more.repeated,
        held + more.held,
        setAside + more.setAside);
  }
}
