package io.acpbenefits.examples.quickstart.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every CSV file has to look like, shown with partners.csv. */
class CsvFormTest {

  private static final String HEADER = "partner_id,name,tier,main_account\n";
  private static final String QUOTAS_HEADER = "partner_id,level,quantity,valid_from,valid_until\n";
  private static final String PARTNER_2 = "p2,Partner Two,Silver,owner-2\n";

  private final Path temp;

  CsvFormTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void acceptsAByteOrderMark() {
    assertThat(partners("\uFEFF" + HEADER + PARTNER_2).read().partners())
        .containsExactly(new PartnerRow("p2", "Partner Two", "Silver", "owner-2", 2));
  }

  @Test
  void acceptsLinesEndedByCrLfOrLfOrNotAtAll() {
    String text = HEADER.replace("\n", "\r\n") + PARTNER_2 + "p3,Partner Three,Gold,owner-3\r\n";

    assertThat(partners(text + "p4,Partner Four,Gold,owner-4").read().partners())
        .extracting(PartnerRow::mainAccount)
        .containsExactly("owner-2", "owner-3", "owner-4");
  }

  @Test
  void acceptsColumnsInAnyOrder() {
    String text = "tier,main_account,partner_id,name\nSilver,owner-2,p2,Partner Two\n";

    assertThat(partners(text).read().partners())
        .containsExactly(new PartnerRow("p2", "Partner Two", "Silver", "owner-2", 2));
  }

  @Test
  void takesAQuotedLineBreakInANameForASpace() {
    String text = HEADER + "p2,\"Partner \"\"Two\"\",\r\n  Ltd\",Silver,owner-2\n";

    assertThat(partners(text).read().partners().get(0).name()).isEqualTo("Partner \"Two\", Ltd");
  }

  @Test
  void trimsCellsAndSkipsBlankLines() {
    String text = HEADER + "\n  \n \u00A0p2 , Partner Two,Silver ,owner-2\n\r\n";

    assertThat(partners(text).read().partners())
        .containsExactly(new PartnerRow("p2", "Partner Two", "Silver", "owner-2", 4));
  }

  @Test
  void acceptsAHeaderWithoutRecords() {
    TestFolder folder = TestFolder.in(temp).with("quotas.csv", QUOTAS_HEADER);

    assertThat(folder.read().quotas()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", " \r\n\n"})
  void refusesAnEmptyFile(String empty) {
    partners(empty)
        .isRefusedWith(
            "partners.csv, line 1, column 1: expected a header with the columns"
                + " partner_id,name,tier,main_account, found an empty file."
                + " Correct it and run again; nothing was changed.");
  }

  @Test
  void refusesAnUnknownColumnAndSuggestsTheNearest() {
    partners("partner_id,name,tier,main_account,main_acount\n")
        .isRefusedWith(
            "partners.csv, line 1, column 5: expected a column of"
                + " partner_id,name,tier,main_account, found \"main_acount\""
                + " (did you mean \"main_account\"?)."
                + " Correct it and run again; nothing was changed.");
  }

  @Test
  void refusesADuplicateColumn() {
    partners("partner_id,name,tier,name,main_account\n")
        .isRefusedWith(
            "partners.csv, line 1, column 4: expected each column once, found \"name\" again."
                + " Correct it and run again; nothing was changed.");
  }

  @Test
  void refusesAMissingColumn() {
    partners("\npartner_id,name,main_account\n")
        .isRefusedForACell(
            "partners.csv, line 2, column 4 (tier): expected a header with the columns"
                + " partner_id,name,tier,main_account, found no tier");
  }

  @Test
  void refusesTooFewCells() {
    partners(HEADER + PARTNER_2 + "p3,Partner Three,Gold\n")
        .isRefusedForACell(
            "partners.csv, line 3, column 4 (main_account): expected 4 cells in each record,"
                + " as in the header, found 3");
  }

  @Test
  void refusesTooManyCellsOnTheLineWhereTheyStand() {
    partners(HEADER + "p2,\"Partner\nTwo\",Silver,owner-2,more,and more\n")
        .isRefusedWith(
            "partners.csv, line 3, column 5: expected 4 cells in each record, as in the header,"
                + " found 6. Correct it and run again; nothing was changed.");
  }

  @Test
  void namesTheLineOnWhichACellStartsAfterQuotedLineBreaks() {
    partners(HEADER + "p2,\"Partner\n\nTwo\",,owner-2\n")
        .isRefusedForACell(
            "partners.csv, line 4, column 3 (tier): expected a tier, found an empty cell");
  }

  @Test
  void refusesAMissingClosingQuoteWhereItOpened() {
    partners(HEADER + PARTNER_2 + "p3,\"Partner Three,Gold,owner-3\n")
        .isRefusedForACell(
            "partners.csv, line 3, column 2 (name): expected a quote that closes the cell,"
                + " found none up to the end of the file after"
                + " \"Partner Three,Gold,owner-3\\n\"");
  }

  @Test
  void refusesCharactersAfterAClosingQuote() {
    partners(HEADER + "p2,\"Partner\" Two,Silver,owner-2\n")
        .isRefusedForACell(
            "partners.csv, line 2, column 2 (name): expected a comma or the end of the line"
                + " after the closing quote, found \" \"");
  }

  @Test
  void refusesAQuoteInsideAnUnquotedCell() {
    partners(HEADER + "p2,Partner \"Two\",Silver,owner-2\n")
        .isRefusedForACell(
            "partners.csv, line 2, column 2 (name): expected a cell that is quoted as a whole or"
                + " has no quotes, found a quote after \"Partner \"");
  }

  @Test
  void refusesALineBreakInAnId() {
    partners(HEADER + "\"p\n2\",Partner Two,Silver,owner-2\n")
        .isRefusedForACell(
            "partners.csv, line 2, column 1 (partner_id): expected text on one line,"
                + " found \"p\\n2\"");
  }

  @ParameterizedTest
  @ValueSource(chars = {'\u0000', '\t', '\u001B', '\u007F', '\u0085', '\u009B'})
  void refusesControlCharacters(char control) {
    String shown = control == '\t' ? "\\t" : "\\u%04X".formatted((int) control);

    partners(HEADER + "p2,Partner " + control + "Two,Silver,owner-2\n")
        .isRefusedForACell(
            "partners.csv, line 2, column 2 (name): expected text without control characters,"
                + " found \"Partner "
                + shown
                + "Two\"");
  }

  @Test
  void refusesARequiredCellOfNothingButControlCharactersOnce() {
    partners(HEADER + "p2,Partner Two,\t,owner-2\n")
        .isRefusedForACell(
            "partners.csv, line 2, column 3 (tier): expected text without control characters,"
                + " found \"\\t\"");
  }

  @Test
  void refusesANameOfNothingButLineBreaks() {
    partners(HEADER + "p2,\"\n\n\",Silver,owner-2\n")
        .isRefusedForACell(
            "partners.csv, line 2, column 2 (name): expected a name, found an empty cell");
  }

  @Test
  void refusesALoneCarriageReturn() {
    partners(HEADER + "p2,Partner\rTwo,Silver,owner-2\n")
        .isRefusedForACell(
            "partners.csv, line 2, column 2 (name): expected text without control characters,"
                + " found \"Partner\\rTwo\"");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] latin1 =
        (HEADER + PARTNER_2 + "p3,Caf\u00E9,Gold,o3\n").getBytes(StandardCharsets.ISO_8859_1);

    TestFolder.in(temp)
        .with("partners.csv", latin1)
        .isRefusedForACell(
            "partners.csv, line 3, column 2 (name): expected UTF-8 text,"
                + " found the byte 0xE9, which is not");
  }

  @Test
  void refusesACharacterThatIsCutOffAtTheEndOfTheFile() {
    byte[] bytes = (HEADER + "p2,Caf\u00C3").getBytes(StandardCharsets.ISO_8859_1);

    TestFolder.in(temp)
        .with("partners.csv", bytes)
        .isRefusedForACell(
            "partners.csv, line 2, column 2 (name): expected UTF-8 text,"
                + " found the byte 0xC3, which is not");
  }

  @Test
  void findsMalformedBytesFarIntoAFile() {
    String records = "p%05d,Partn\u00E9r,Gold,o%05d\n";
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < 2_000; i++) {
      text.append(records.formatted(i, i));
    }
    byte[] bytes = text.append("p,n,t#,m\n").toString().getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 4] = (byte) 0xFF;

    TestFolder.in(temp)
        .with("partners.csv", bytes)
        .isRefusedForACell(
            "partners.csv, line 2002, column 3 (tier): expected UTF-8 text,"
                + " found the byte 0xFF, which is not");
  }

  @Test
  void refusesAFieldOfTenMegabytesQuickly() {
    TestFolder folder = partners(HEADER + "p2," + "x".repeat(10 << 20) + ",Gold,owner-2\n");

    assertTimeout(
        Duration.ofSeconds(2),
        () ->
            folder.isRefusedForACell(
                "partners.csv, line 2, column 2 (name): expected at most 4,096 characters in a"
                    + " cell, found a longer one that begins \""
                    + "x".repeat(40)
                    + "\""));
  }

  @Test
  void refusesAQuotedFieldOfTenMegabytesAndSuspectsAMissingQuote() {
    partners(HEADER + "p2,\"" + "x\n".repeat(5 << 20) + "\",Gold,owner-2\n")
        .isRefusedForACell(
            "partners.csv, line 2, column 2 (name): expected at most 4,096 characters in a cell,"
                + " found a longer one, perhaps without its closing quote, that begins \""
                + "x\\n".repeat(20)
                + "\"");
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    TestFolder.in(temp)
        .with("partners.csv", new byte[(64 << 20) + 1])
        .isRefusedWith(
            "partners.csv: expected at most 67,108,864 bytes, found 67,108,865 bytes."
                + " Correct it and run again; nothing was changed.");
  }

  @Test
  void refusesAnIdOfMoreThan200Characters() {
    assertThat(partners(HEADER + "p".repeat(200) + ",Two,Gold,o\n").read().partners()).hasSize(1);

    partners(HEADER + "p".repeat(201) + ",Partner Two,Gold,owner-2\n")
        .isRefusedForACell(
            "partners.csv, line 2, column 1 (partner_id): expected at most 200 characters,"
                + " found \""
                + "p".repeat(60)
                + "…\" (201 characters)");
  }

  @Test
  void doesNotRepeatCodesThatWerePastedIntoTheWrongFile() {
    BadInput refusal = partners("Cloud Computing Professional [ACPX7K2M9Q]\n").refusal();

    assertThat(refusal).hasMessageContaining("[****2M9Q]").hasMessageNotContaining("ACPX7K2M9Q");
  }

  private TestFolder partners(String text) {
    return TestFolder.in(temp).with("partners.csv", text).with("quotas.csv", QUOTAS_HEADER);
  }
}
