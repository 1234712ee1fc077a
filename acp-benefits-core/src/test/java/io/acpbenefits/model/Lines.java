package io.acpbenefits.model;

import java.util.List;
import java.util.stream.Collectors;

/** One way of writing things down, so that two sides can be compared and read. */
final class Lines {

  private Lines() {}

  static String of(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
