package io.acpbenefits.common;

import java.util.List;
import java.util.Optional;

/**
 * Part of a long list.
 *
 * @param <T> the items
 * @param items in the list's order
 * @param next where to go on, for {@link PageRequest#then}; empty on the last page. Opaque
 */
public record Page<T>(List<T> items, Optional<String> next) {

  /** Keeps the list from being changed. */
  public Page {
    items = List.copyOf(items);
  }
}
