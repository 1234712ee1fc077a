package io.acpbenefits.sidebyside;

import io.acpbenefits.sidebyside.Crossing.Side;

/** When an instance is begun, by whom, and who goes on with it. */
public enum Round {
  BEFORE("r0", Side.PREVIOUS, Side.NEWER),
  BEFORE_AND_GONE_ON_WITH("r1", Side.PREVIOUS, Side.PREVIOUS),
  BY_THE_PREVIOUS("r2", Side.PREVIOUS, Side.NEWER),
  BY_THE_NEWER("r3", Side.NEWER, Side.PREVIOUS);

  private final String id;
  private final Side begins;
  private final Side goesOn;

  Round(String id, Side begins, Side goesOn) {
    this.id = id;
    this.begins = begins;
    this.goesOn = goesOn;
  }

  /** Whether it begins before there is a newer node. */
  public boolean isBefore() {
    return this == BEFORE || this == BEFORE_AND_GONE_ON_WITH;
  }

  /** What the round is called where it is played. */
  public String id() {
    return id;
  }

  /** Has the previous node begin what is begun before there is a newer one. */
  public static void beginAll(Crossing crossing) {
    for (Round round : values()) {
      if (round.isBefore()) {
        Passage.all().forEach(passage -> crossing.begin(passage, round.id(), round.begins));
      }
    }
  }

  /** Plays a passage to its end, from its begin unless it was begun before. */
  public void play(Crossing crossing, Passage passage) {
    if (!isBefore()) {
      crossing.begin(passage, id(), begins);
    }
    crossing.finish(passage, id(), goesOn);
  }
}
