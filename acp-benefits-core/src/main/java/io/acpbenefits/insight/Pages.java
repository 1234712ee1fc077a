package io.acpbenefits.insight;

import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A list that is read page by page, so that never more than one page is in memory. */
final class Pages<T> {

  private static final int SIZE = 500;

  private final Function<PageRequest, Page<T>> question;
  private final Page<T> first;

  /** Reads the first page, so that whoever may not ask is refused here. */
  Pages(Function<PageRequest, Page<T>> question) {
    this.question = question;
    this.first = question.apply(PageRequest.first(SIZE));
  }

  void forEach(Consumer<T> each) {
    first.items().forEach(each);
    Optional<String> next = first.next();
    while (next.isPresent()) {
      Page<T> page = question.apply(PageRequest.first(SIZE).then(next.get()));
      page.items().forEach(each);
      next = page.next();
    }
  }
}
