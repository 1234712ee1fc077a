package io.acpbenefits.examples.quickstart;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures how the time to play a journey grows with its rows. Not a test: run it by hand, with a
 * folder to write to and numbers of rows.
 *
 * <p>Each candidate takes seven rows, half an hour apart: asks to join, is let in, a code is
 * applied for and assigned, the exam is booked, its record arrives, the certificate is bound. Every
 * tenth never binds, so that instances go on waiting.
 */
final class LongJourney {

  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
  private static final int ROWS_EACH = 7;

  private LongJourney() {}

  public static void main(String[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
      int rows = Integer.parseInt(arguments[i]);
      Path folder = write(Path.of(arguments[0]).resolve("rows-" + rows), rows);
      Properties options = new Properties();
      options.setProperty("journey", folder.toString());
      options.setProperty("output", folder.resolve("out").toString());
      long begin = System.nanoTime();
      int status =
          Quickstart.run(options, new PrintStream(PrintStream.nullOutputStream()), System.err);
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          "%,d rows: status %d, %.1f s, %.0f rows/s%n", rows, status, seconds, rows / seconds);
    }
  }

  private static Path write(Path folder, int rows) {
    int candidates = (rows + ROWS_EACH - 1) / ROWS_EACH;
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("partners.csv"),
          "partner_id,name,tier,main_account\np,Partner,Gold,owner\n");
      Files.writeString(
          folder.resolve("exams.csv"),
          "exam_id,name,level,end_of_sale,end_of_life\nx,Exam,ACP,,\n");
      Files.writeString(
          folder.resolve("quotas.csv"),
          "partner_id,level,quantity,valid_from,valid_until\n"
              + "p,ACP,100000,2026-01-01T00:00:00Z,2036-01-01T00:00:00Z\n");
      Files.writeString(
          folder.resolve("issued-codes.txt"),
          IntStream.range(0, candidates)
              .mapToObj(i -> "Exam [CODE%06d]\n".formatted(i))
              .collect(Collectors.joining()));
      try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("journey.csv"))) {
        csv.writeRecord(
            "row",
            "at",
            "actor",
            "action",
            "partner_id",
            "exam_id",
            "account",
            "quantity",
            "payment",
            "delivery",
            "appointment",
            "candidate_id",
            "registration_id",
            "outcome",
            "ref");
        for (int i = 0; i < rows; i++) {
          row(csv, i);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void row(CsvWriter csv, int number) {
    String id = "r" + number;
    String at = START.plus(Duration.ofMinutes(30L * number)).toString();
    int person = number / ROWS_EACH;
    String who = "member-" + person;
    String candidate = "C" + person;
    String registration = "R" + person;
    switch (number % ROWS_EACH) {
      case 0 -> cells(csv, id, at, who, "request-to-join", "p", "", "", "", "", "", "", "", "");
      case 1 -> cells(csv, id, at, "owner", "approve", "p", "", who, "", "", "", "", "", "");
      case 2 ->
          cells(csv, id, at, "owner", "apply-for-codes", "p", "x", "", "1", "", "", "", "", "");
      case 3 -> cells(csv, id, at, "owner", "assign-code", "p", "x", who, "", "", "", "", "", "");
      case 4 ->
          cells(
              csv,
              id,
              at,
              who,
              "register-exam",
              "",
              "x",
              "",
              "",
              "CODE",
              START.plus(Duration.ofMinutes(30L * number + 10)).toString(),
              candidate,
              registration,
              "");
      case 5 ->
          cells(
              csv,
              id,
              at,
              "",
              "exam-record",
              "",
              "x",
              "",
              "",
              "",
              "",
              candidate,
              registration,
              "PASS");
      default -> {
        if (person % 10 == 9) {
          cells(csv, id, at, "", "advance", "", "", "", "", "", "", "", "", "");
        } else {
          cells(
              csv,
              id,
              at,
              who,
              "bind-certificate",
              "",
              "x",
              "",
              "",
              "",
              "",
              candidate,
              registration,
              "");
        }
      }
    }
  }

  private static void cells(
      CsvWriter csv,
      String id,
      String at,
      String actor,
      String action,
      String partner,
      String exam,
      String account,
      String quantity,
      String payment,
      String appointment,
      String candidate,
      String registration,
      String outcome) {
    csv.writeRecord(
        id,
        at,
        actor,
        action,
        partner,
        exam,
        account,
        quantity,
        payment,
        payment.isEmpty() ? "" : "ONLINE",
        appointment,
        candidate,
        registration,
        outcome,
        "");
  }
}
