package io.acpbenefits.sidebyside;

import java.util.List;

/** A node that does nothing by itself, in this JVM or in another one. */
public interface Stepper extends AutoCloseable {

  /**
   * Does what it is told.
   *
   * @param order what to do, and with what; see {@link SteppedNode}
   * @return what it has to say to that
   */
  List<String> obey(String... order);

  @Override
  void close();
}
