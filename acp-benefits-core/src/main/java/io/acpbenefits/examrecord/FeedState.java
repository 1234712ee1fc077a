package io.acpbenefits.examrecord;

/** Where the import of a file stands. */
public enum FeedState {
  /** Under way; or its process ended without a word, and the next run goes on. */
  RUNNING,
  /** Something unexpected ended the run; the next one goes on behind the last line taken. */
  STOPPED,
  /** All lines have been taken. */
  FINISHED
}
