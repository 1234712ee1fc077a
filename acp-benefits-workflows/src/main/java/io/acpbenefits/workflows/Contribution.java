package io.acpbenefits.workflows;

import io.acpbenefits.common.DomainEventListener;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is put onto an engine: diagrams, what they call by name, and what moves them. */
interface Contribution {

  /**
   * The diagrams, as resources of the class path. The paths are also the names they are deployed
   * under: the engine tells a changed diagram from an unchanged one by it, so they never change.
   */
  List<String> resources();

  /** Opens one of them; null if it is not there. */
  default @Nullable InputStream open(String resource) {
    return Contribution.class.getResourceAsStream("/" + resource);
  }

  /** Names every object that the diagrams refer to. Names are public for ever. */
  void register(Delegates delegates, Embedding embedding);

  /** What hears of domain events, inside their transaction, before the host's own listeners. */
  List<DomainEventListener> listeners(Embedding embedding);
}
