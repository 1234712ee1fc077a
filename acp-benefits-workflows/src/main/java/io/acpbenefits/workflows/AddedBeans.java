package io.acpbenefits.workflows;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host's beans, live, and the library's beside them. Neither the host's map nor the engine's
 * default one is written to: the former may be immutable, the latter is shared by all engines of
 * the JVM.
 */
final class AddedBeans extends AbstractMap<Object, Object> {

  private final Map<Object, Object> host;
  private final Map<String, Object> added;

  AddedBeans(Map<Object, Object> host, Map<String, Object> added) {
    this.host = host;
    this.added = added;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return added.containsKey(key) || host.containsKey(key);
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    Object own = added.get(key);
    return own != null ? own : host.get(key);
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    Map<Object, Object> all = new HashMap<>(host);
    all.putAll(added);
    return Map.copyOf(all).entrySet();
  }
}
