package io.acpbenefits.common;

import static io.acpbenefits.CoreFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PageRequestTest {

  @Test
  void refusesSizesThatNoPageHas() {
    assertRefused(Reason.INVALID_INPUT, () -> PageRequest.first(0));
    assertRefused(Reason.INVALID_INPUT, () -> PageRequest.first(1001));
    assertThat(PageRequest.first(1000).rowsToFetch()).isEqualTo(1001);
    assertRefused(Reason.INVALID_INPUT, () -> PageRequest.first(1).then("x".repeat(2001)));
  }

  @Test
  void aFullPageWithMoreBehindItNamesItsLastKey() {
    Page<String> page = PageRequest.first(2).of(List.of("a", "b", "c"), Function.identity());

    assertThat(page.items()).containsExactly("a", "b");
    assertThat(page.next()).contains("b");
    assertThat(PageRequest.first(2).then("b").afterOrStart()).isEqualTo("b");
  }

  @Test
  void theLastPageHasNoNext() {
    assertThat(PageRequest.first(2).of(List.of("a", "b"), Function.identity()).next()).isEmpty();
    assertThat(PageRequest.first(2).of(List.of(), Function.<String>identity()).items()).isEmpty();
    assertThat(PageRequest.first(2).afterOrStart()).isEmpty();
  }
}
