package io.acpbenefits.permission;

import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Who;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Who may do what; immutable. {@link #DEFAULT} is what {@link Operation} says; a host changes rows
 * of it.
 */
public final class Permissions {

  /** What {@link Operation#byDefault()} says of each. */
  public static final Permissions DEFAULT = new Permissions(Map.of());

  private final Map<Operation, Set<Who>> changed;

  private Permissions(Map<Operation, Set<Who>> changed) {
    this.changed = Map.copyOf(changed);
  }

  /**
   * These, with one row changed.
   *
   * <p>{@link Who#SYSTEM} stays allowed wherever it is by default, since the library's own
   * processes would come to a halt otherwise.
   *
   * @param operation which row
   * @param first who may from now on
   * @param more who else may
   * @return the permissions
   * @throws IllegalArgumentException if only the library may do it: such steps are not to be handed
   *     out
   */
  public Permissions allow(Operation operation, Who first, Who... more) {
    Set<Who> byDefault = operation.byDefault();
    if (byDefault.equals(EnumSet.of(Who.SYSTEM))) {
      throw new IllegalArgumentException(
          operation + " is a step that only the library itself takes; it cannot be permitted.");
    }
    Set<Who> who = EnumSet.of(first, more);
    if (byDefault.contains(Who.SYSTEM)) {
      who.add(Who.SYSTEM);
    }
    Map<Operation, Set<Who>> rows = new EnumMap<>(Operation.class);
    rows.putAll(changed);
    rows.put(operation, who);
    return new Permissions(rows);
  }

  /**
   * One row.
   *
   * @param operation which
   * @return who may do it; a new set
   */
  public Set<Who> of(Operation operation) {
    Set<Who> who = changed.get(operation);
    return who == null ? operation.byDefault() : EnumSet.copyOf(who);
  }
}
