package io.acpbenefits.model;

import io.acpbenefits.common.Identifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** Which of the library's ids the driver's handles stand for. */
final class Handles {

  private final Map<String, Identifier> ids = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  void put(String handle, Identifier id) {
    ids.put(handle, id);
    names.put(id.value(), handle);
  }

  /** The id of a thing, or that of nothing for {@link World#NOWHERE}. */
  <I extends Identifier> I id(String handle, Class<I> type, Function<String, I> of) {
    return handle.equals(World.NOWHERE)
        ? of.apply(UUID.nameUUIDFromBytes(new byte[] {1}).toString())
        : type.cast(Objects.requireNonNull(ids.get(handle), handle));
  }

  boolean knows(String handle) {
    return ids.containsKey(handle);
  }

  /** The handle of a thing that was made just now, or that it has had for longer. */
  String putOrFind(String handle, Identifier id) {
    if (!names.containsKey(id.value())) {
      put(handle, id);
    }
    return of(id);
  }

  String of(Identifier id) {
    return names.getOrDefault(id.value(), "unknown " + id.value());
  }

  /** All things of one type, in the order in which they came to be. */
  <I extends Identifier> Map<String, I> all(Class<I> type) {
    Map<String, I> all = new LinkedHashMap<>();
    ids.forEach(
        (handle, id) -> {
          if (type.isInstance(id)) {
            all.put(handle, type.cast(id));
          }
        });
    return all;
  }
}
