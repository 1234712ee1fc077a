package io.acpbenefits.common;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a long list is asked for. Lists are cut by key, not by number: whatever is added or
 * taken away meanwhile, none of the other items comes twice or is left out.
 *
 * <p>What is committed while the pages are read may be among them or not: its key was made before,
 * perhaps by another JVM, and may lie before the place that was reached. So the last key is no
 * bookmark for coming back later; whoever looks for what is new reads from some time before, and
 * passes over what is known.
 *
 * @param after the {@link Page#next()} of the page before; null for the first page
 * @param size how many items at most, 1 to {@value #MOST}
 */
public record PageRequest(@Nullable String after, int size) {

  /** The most items that a page can have. */
  public static final int MOST = 1000;

  /** Checks the size. */
  public PageRequest {
    if (size < 1 || size > MOST) {
      throw Refusal.of(Reason.INVALID_INPUT, "A page has 1 to %d items, not %d.", MOST, size);
    }
    if (after != null && after.length() > 2000) {
      throw new Refusal(
          Reason.INVALID_INPUT, "Pass what the page before returned as its next, unchanged.");
    }
  }

  /**
   * The first page.
   *
   * @param size how many items at most, 1 to {@value #MOST}
   * @return the request
   */
  public static PageRequest first(int size) {
    return new PageRequest(null, size);
  }

  /**
   * The page behind another.
   *
   * @param next the {@link Page#next()} of that one
   * @return the request, of the same size
   */
  public PageRequest then(String next) {
    return new PageRequest(next, size);
  }

  /**
   * The key to begin behind.
   *
   * @return the text, empty for the first page: it sorts before every key
   */
  public String afterOrStart() {
    return after == null ? "" : after;
  }

  /**
   * How many rows to read, to know whether there are more.
   *
   * @return one more than the size
   */
  public int rowsToFetch() {
    return size + 1;
  }

  /**
   * Makes the page of what was read.
   *
   * @param <T> the items
   * @param fetched up to {@link #rowsToFetch()} of them
   * @param key by what they are sorted
   * @return the page
   */
  public <T> Page<T> of(List<T> fetched, Function<T, String> key) {
    if (fetched.size() <= size) {
      return new Page<>(fetched, Optional.empty());
    }
    List<T> items = fetched.subList(0, size);
    return new Page<>(items, Optional.of(key.apply(items.get(size - 1))));
  }
}
