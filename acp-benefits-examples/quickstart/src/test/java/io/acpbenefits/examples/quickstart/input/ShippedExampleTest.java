package io.acpbenefits.examples.quickstart.input;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.acpbenefits.common.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The shipped journey is readable, rich, and does what its README and predictions say. */
class ShippedExampleTest {

  private static final Path FOLDER = Path.of("journeys", "a-year");
  private static final Path PREDICTIONS = Path.of("src", "test", "resources", "a-year");
  private static final Pattern ROW_ID = Pattern.compile("\\br\\d{3}\\b");

  private final JourneyFolder folder = JourneyFolder.read(FOLDER);

  @Test
  void tellsAYearOfThreePartners() {
    assertThat(folder.partners()).hasSize(3).extracting(PartnerRow::tier).doesNotHaveDuplicates();
    assertThat(folder.exams()).filteredOn(exam -> exam.level() == Level.ACP).hasSize(8);
    assertThat(folder.exams()).filteredOn(exam -> exam.level() == Level.ACE).hasSize(4);
    assertThat(folder.quotas())
        .filteredOn(quota -> quota.level() == Level.ACP)
        .extracting(QuotaRow::partnerId)
        .containsExactly(
            "lumenforge", "lumenforge", "kestrel", "kestrel", "harbourline", "harbourline");
    assertThat(accounts()).hasSizeBetween(38, 48);
    assertThat(folder.rowsInOrder()).hasSizeBetween(250, 400);
    JourneyRow first = folder.rowsInOrder().get(0);
    JourneyRow last = folder.rowsInOrder().get(folder.rowsInOrder().size() - 1);
    assertThat(first.at()).isBetween(day("2026-01-01"), day("2026-01-15"));
    assertThat(last.at()).isAfter(day("2026-12-31"));
    assertThat(last.action()).isEqualTo(Action.ADVANCE);
  }

  @Test
  void hasStockForEveryExam() {
    assertThat(folder.stock()).extracting(StockCode::code).allMatch(code -> code.length() == 10);
    assertThat(values(folder.stock(), StockCode::examId))
        .isEqualTo(values(folder.exams(), ExamRow::examId));
  }

  @Test
  void usesEveryActionAndEveryWord() {
    assertThat(values(folder.rowsInOrder(), JourneyRow::action))
        .containsExactlyInAnyOrder(Action.values());
    assertThat(values(folder.rowsInOrder(), JourneyRow::payment))
        .containsExactlyInAnyOrder(Payment.values());
    assertThat(values(folder.rowsInOrder(), JourneyRow::delivery))
        .containsExactlyInAnyOrder(Delivery.values());
    assertThat(values(folder.rowsInOrder(), JourneyRow::outcome))
        .containsExactlyInAnyOrder(Outcome.values());
  }

  @Test
  void numbersItsRowsInOrderOfTimeButKeepsSomeInAnotherOrder() {
    assertThat(folder.rowsInOrder()).extracting(JourneyRow::row).isSorted();
    List<Integer> lines = folder.rowsInOrder().stream().map(JourneyRow::line).toList();
    assertThat(lines).isNotEqualTo(lines.stream().sorted().toList());
  }

  @Test
  void givesEachPersonOneRegistrationIdAndEachBookingACandidateIdOfItsOwn() {
    List<JourneyRow> booked =
        folder.rowsInOrder().stream()
            .filter(row -> row.action() == Action.REGISTER_EXAM && row.candidateId() != null)
            .toList();

    assertThat(booked).extracting(JourneyRow::candidateId).doesNotHaveDuplicates();
    Map<@Nullable String, Set<@Nullable String>> registrationIds =
        booked.stream()
            .collect(
                Collectors.groupingBy(
                    JourneyRow::actor,
                    Collectors.mapping(JourneyRow::registrationId, Collectors.toSet())));
    assertThat(registrationIds.values()).allMatch(ids -> ids.size() == 1);
    assertThat(registrationIds.values().stream().flatMap(Set::stream)).doesNotHaveDuplicates();
  }

  @Test
  void predictsAnOutcomeForEveryRowInTheOrderOfPlay() throws IOException {
    List<NamedCsvRecord> predicted = predicted("predicted-outcomes.csv");

    assertThat(predicted)
        .extracting(row -> row.getField("row"))
        .isEqualTo(folder.rowsInOrder().stream().map(JourneyRow::row).toList());
    Set<String> reasons = values(List.of(Reason.values()), Reason::name);
    for (NamedCsvRecord row : predicted) {
      if (row.getField("outcome").equals("DONE")) {
        assertThat(row.getField("reason")).isEmpty();
      } else {
        assertThat(row.getField("outcome")).isIn("REFUSED", "WAITING");
        assertThat(row.getField("reason")).isIn(reasons);
      }
    }
  }

  @Test
  void showsEveryCase() throws IOException {
    assertThat(predicted("predicted-outcomes.csv"))
        .filteredOn(row -> !row.getField("outcome").equals("DONE"))
        .extracting(row -> action(row).word() + " " + row.getField("reason"))
        .contains(
            "apply-for-codes QUOTA_NOT_ACTIVE",
            "apply-for-codes QUOTA_EXCEEDED",
            "apply-for-codes NOT_PERMITTED",
            "apply-for-codes EXAM_RETIRED",
            "apply-for-codes OUT_OF_STOCK",
            "rotate-invitation-link NOT_PERMITTED",
            "request-to-join MEMBER_ELSEWHERE",
            "request-to-join ALREADY_A_MEMBER",
            "request-to-join DUPLICATE_REQUEST",
            "request-to-join LINK_REVOKED",
            "approve NOT_PERMITTED",
            "approve ILLEGAL_STATE",
            "approve MEMBER_ELSEWHERE",
            "approve NOT_FOUND",
            "remove-member NOT_PERMITTED",
            "remove-member LAST_OWNER",
            "quit-organization LAST_OWNER",
            "quit-organization NOT_A_MEMBER",
            "assign-code EXAM_RETIRED",
            "assign-code NOT_A_MEMBER",
            "assign-code CODE_ALREADY_HELD",
            "assign-code NO_CODE_AVAILABLE",
            "register-exam EXAM_MISMATCH",
            "register-exam NO_CODE_AVAILABLE",
            "register-exam EXAM_RETIRED",
            "register-exam CODE_EXPIRED",
            "register-exam NOT_FOUND",
            "reschedule-exam ILLEGAL_STATE",
            "bind-certificate RESULT_NOT_FOUND",
            "bind-certificate IDS_SWAPPED",
            "bind-certificate NOT_PASSED",
            "bind-certificate ALREADY_BOUND",
            "correct-binding ILLEGAL_STATE");
    assertThat(predicted("predicted-bindings.csv"))
        .extracting(row -> row.getField("state"))
        .containsOnly("BOUND", "FAILED");
    assertThat(predicted("predicted-codes.csv"))
        .extracting(row -> row.getField("state"))
        .contains("ISSUED", "RESERVED", "REDEEMED", "FORFEITED", "EXPIRED");
    assertThat(predicted("predicted-members.csv"))
        .extracting(row -> row.getField("state"))
        .contains("ACTIVE", "LEFT", "REMOVED");
  }

  @Test
  void endsWithCertificatesInMostExamsForEachPartner() throws IOException {
    Map<String, Long> exams =
        predicted("predicted-tally.csv").stream()
            .collect(
                Collectors.groupingBy(row -> row.getField("partner_id"), Collectors.counting()));

    assertThat(exams.keySet())
        .containsExactlyInAnyOrderElementsOf(
            folder.partners().stream().map(PartnerRow::partnerId).toList());
    assertThat(exams.values()).allMatch(count -> count > folder.exams().size() / 2);
  }

  @Test
  void explainsEveryRowThatIsNotSimplyDoneInItsReadme() throws IOException {
    Set<String> explained =
        ROW_ID
            .matcher(Files.readString(FOLDER.resolve("README.md")))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());

    assertThat(folder.rowsInOrder()).extracting(JourneyRow::row).containsAll(explained);
    assertThat(explained)
        .containsAll(
            predicted("predicted-outcomes.csv").stream()
                .filter(row -> !row.getField("outcome").equals("DONE"))
                .map(row -> row.getField("row"))
                .toList());
  }

  private Action action(NamedCsvRecord predicted) {
    return folder.row(predicted.getField("row")).orElseThrow().action();
  }

  private Set<String> accounts() {
    Set<String> accounts = new TreeSet<>();
    for (JourneyRow row : folder.rowsInOrder()) {
      Stream.of(row.actor(), row.account()).flatMap(Stream::ofNullable).forEach(accounts::add);
    }
    return accounts;
  }

  private static <R, T> Set<T> values(List<R> rows, Function<R, @Nullable T> cell) {
    return rows.stream()
        .flatMap(row -> Stream.ofNullable(cell.apply(row)))
        .collect(Collectors.toSet());
  }

  private static List<NamedCsvRecord> predicted(String file) throws IOException {
    try (CsvReader<NamedCsvRecord> records =
        CsvReader.builder().ofNamedCsvRecord(PREDICTIONS.resolve(file))) {
      return records.stream().toList();
    }
  }

  private static Instant day(String date) {
    return Instant.parse(date + "T00:00:00Z");
  }
}
