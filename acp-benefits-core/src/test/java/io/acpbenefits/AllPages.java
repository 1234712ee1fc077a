package io.acpbenefits;

import io.acpbenefits.common.Actor;
import io.acpbenefits.common.Page;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.examcode.CodeFilter;
import io.acpbenefits.examcode.ExamCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Whole lists for tests, which have few rows. */
public final class AllPages {

  private AllPages() {}

  /** All codes of the fixture's partner, in the order of their issue. */
  public static List<ExamCode> codes(CoreFixture it) {
    return of(
        page -> it.benefits.examCodes().ofPartner(Actor.system(), it.acme, CodeFilter.ALL, page));
  }

  /** The items of all pages. */
  public static <T> List<T> of(Function<PageRequest, Page<T>> list) {
    List<T> items = new ArrayList<>();
    Optional<PageRequest> next = Optional.of(PageRequest.first(PageRequest.MOST));
    while (next.isPresent()) {
      PageRequest request = next.get();
      Page<T> page = list.apply(request);
      items.addAll(page.items());
      next = page.next().map(request::then);
    }
    return items;
  }
}
