package io.acpbenefits.persistence;

/** What to do about the tables when the library starts. */
public enum SchemaMode {
  /** Create what is missing and bring it up to date; nodes that start together do it once. */
  MIGRATE,
  /**
   * Change nothing; refuse to start unless every migration is there, unaltered. Those of newer
   * versions that this one can work on may be there as well.
   */
  VALIDATE,
  /** Change nothing and check nothing. */
  NONE
}
