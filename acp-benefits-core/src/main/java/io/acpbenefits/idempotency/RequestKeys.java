package io.acpbenefits.idempotency;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Operation;
import io.acpbenefits.common.Reason;
import io.acpbenefits.common.Refusal;
import io.acpbenefits.internal.Domain;
import io.acpbenefits.internal.Rows;
import io.acpbenefits.secret.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a command once for each request key; called by the features; thread-safe.
 *
 * <p>The key is stored in the transaction of the command: a refused command leaves none, so that
 * the same key may be used again once the cause is gone. Two senders of one key at a time wait for
 * each other.
 */
public final class RequestKeys {

  private final Domain domain;
  private final Vault vault;
  private final Rows<RequestKeyMapper> rows;

  /**
   * Called by {@code AcpBenefits}.
   *
   * @param domain what features are built on
   * @param vault hashes payloads, which may hold secrets
   */
  public RequestKeys(Domain domain, Vault vault) {
    this.domain = domain;
    this.vault = vault;
    this.rows = domain.rows(RequestKeyMapper.class);
  }

  /**
   * Carries the command out, or returns what the first one with this key came to.
   *
   * @param <T> what the command returns
   * @param actor who sends it
   * @param key its key; null for none, and then it is carried out each time
   * @param operation what is to be done
   * @param payload everything that makes a difference, as values with a stable text
   * @param toText the result as text of at most 4,000 characters, such as its id
   * @param fromText finds that result again
   * @param command what to do
   * @return what the command returned, or what is found again
   * @throws Refusal REQUEST_KEY_REUSED if the key was used for something else
   */
  public <T> T once(
      Actor actor,
      @Nullable RequestKey key,
      Operation operation,
      List<?> payload,
      Function<T, String> toText,
      Function<String, T> fromText,
      Supplier<T> command) {
    if (key == null) {
      return domain.inTransaction(command);
    }
    String sender = actor.toString();
    String hash = vault.lookup(canonical(payload));
    return domain.allOrNothing(
        () -> {
          Optional<RequestKeyMapper.Earlier> earlier = rows.get(m -> m.lock(sender, key.value()));
          if (earlier.isEmpty()) {
            boolean first =
                rows.insertIfMissing(
                    m -> m.insert(sender, key.value(), operation.name(), hash, domain.now()));
            if (first) {
              T result = command.get();
              rows.one(m -> m.finish(sender, key.value(), toText.apply(result)));
              return result;
            }
            earlier = rows.get(m -> m.lock(sender, key.value()));
          }
          return fromText.apply(resultOf(earlier.orElseThrow(), operation, hash, key));
        });
  }

  private static String resultOf(
      RequestKeyMapper.Earlier earlier, Operation operation, String hash, RequestKey key) {
    if (!earlier.operation().equals(operation.name()) || !earlier.payload().equals(hash)) {
      throw Refusal.of(
          Reason.REQUEST_KEY_REUSED,
          "The request key %s was used before for something else; use a new key for each command.",
          key);
    }
    String result = earlier.result();
    if (result == null) {
      throw Refusal.of(
          Reason.REQUEST_KEY_REUSED,
          "The command with the request key %s is still being carried out by this transaction.",
          key);
    }
    return result;
  }

  /** Lengths before texts, so that no two payloads have one text. */
  private static String canonical(List<?> payload) {
    return payload.stream()
        .map(String::valueOf)
        .map(text -> text.length() + ":" + text)
        .collect(Collectors.joining(","));
  }

  /**
   * Forgets one key, whose command was carried out in several transactions and refused in the end;
   * called by features.
   *
   * @param actor whose
   * @param key which; nothing if it is not remembered
   */
  public void release(Actor actor, RequestKey key) {
    rows.run(m -> m.release(actor.toString(), key.value()));
  }

  /**
   * Forgets keys; called by retention.
   *
   * @param before those used before this instant
   * @return how many
   */
  public int forget(Instant before) {
    return rows.get(m -> m.forget(before));
  }
}
