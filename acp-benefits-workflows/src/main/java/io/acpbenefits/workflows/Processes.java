package io.acpbenefits.workflows;

import io.acpbenefits.common.DomainEventListener;
import java.util.List;

/** The library's own processes. */
final class Processes implements Contribution {

  /** The diagrams that are shipped. */
  static final List<String> RESOURCES = List.of();

  @Override
  public List<String> resources() {
    return RESOURCES;
  }

  @Override
  public void register(Delegates delegates, Embedding embedding) {}

  @Override
  public List<DomainEventListener> listeners(Embedding embedding) {
    return List.of();
  }
}
