package io.acpbenefits.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.common.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HtmlTest {

  @Test
  void escapesTextAndAttributes() {
    String page = new Html().element("p", "<b> & 'c'", "title", "\"><script>").finish();

    assertThat(page)
        .isEqualTo(
            """
            <!DOCTYPE html>
            <p title="&quot;&gt;&lt;script&gt;">&lt;b&gt; &amp; &#39;c&#39;</p>
            """);
  }

  @Test
  void replacesWhatNoPageMayHold() {
    String page = new Html().element("p", "a\u0000\u001B\uD800\uFFFF\u0085b\r\n😀").finish();

    assertThat(page).contains("<p>a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb \n😀</p>");
  }

  @Test
  void refusesToCloseWhatIsNotOpen() {
    Html html = new Html().open("div").open("p");

    assertThatThrownBy(() -> html.close("div")).hasMessage("Cannot close div within p");
    assertThatThrownBy(html::finish).hasMessage("Not closed: [p, div]");
  }

  @Test
  void refusesAStyleSheetThatNeedsEscaping() {
    Html html = new Html();

    assertThatThrownBy(() -> html.style("a</style>")).hasMessage("The style sheet needs escaping");
  }

  @ParameterizedTest
  @EnumSource
  void explainsEveryReasonOfTheLibrary(Reason reason) {
    ReasonText text = ReasonText.of(reason.name());

    assertThat(text.meaning()).isNotBlank().doesNotContain("_").endsWith(".");
    assertThat(text.advice()).isNotBlank().doesNotContain("_").endsWith(".");
  }

  @ParameterizedTest
  @CsvSource({
    "apply-for-codes, Apply for codes",
    "NOT_PERMITTED, Not permitted",
    "'', ''",
    "😀-x, 😀 x"
  })
  void turnsWordsIntoPhrases(String word, String phrase) {
    assertThat(Words.phrase(word)).isEqualTo(phrase);
  }
}
