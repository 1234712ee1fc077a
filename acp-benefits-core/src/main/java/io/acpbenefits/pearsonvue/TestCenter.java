package io.acpbenefits.pearsonvue;

import java.time.ZoneId;

/**
 * Where exams are sat.
 *
 * @param testCenterId its id
 * @param name 1 to 200 characters
 * @param city 1 to 200 characters
 * @param timeZone in which people there read the clock; the library's times are UTC all the same
 */
public record TestCenter(TestCenterId testCenterId, String name, String city, ZoneId timeZone) {

  /** Checks name and city. */
  public TestCenter {
    Texts.require("A test center's name", name, 200);
    Texts.require("A test center's city", city, 200);
  }
}
