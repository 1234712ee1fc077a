package io.acpbenefits.examrecord;

import io.acpbenefits.examcode.CodeText;
import io.acpbenefits.examrecord.ExamRecordFeed.FeedLine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rolling hash (SHA-256) of what the lines so far say: each line's includes the one before, so
 * that a change anywhere shows. Of a voucher code it holds no more than may be shown to anyone.
 */
final class Fingerprint {

  private final MessageDigest sha256;
  private String sofar = "";

  Fingerprint() {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  String after(FeedLine line) {
    sha256.update(sofar.getBytes(StandardCharsets.US_ASCII));
    sha256.update(text(line).getBytes(StandardCharsets.UTF_8));
    sofar = HexFormat.of().formatHex(sha256.digest());
    return sofar;
  }

  private static String text(FeedLine line) {
    if (line instanceof FeedLine.Unreadable unreadable) {
      return join("unreadable", unreadable.problem());
    }
    ExamRecordLine said = ((FeedLine.Parsed) line).line();
    CodeText voucher = said.voucherCode();
    return join(
        said.ids().candidateId(),
        said.ids().registrationId(),
        said.examId(),
        said.takenAt(),
        said.outcome(),
        said.score(),
        said.kind(),
        voucher == null ? null : voucher.masked());
  }

  /** Lengths before texts, so that no two lines have one text. */
  private static String join(@Nullable Object... parts) {
    return Arrays.stream(parts)
        .map(String::valueOf)
        .map(text -> text.length() + ":" + text)
        .collect(Collectors.joining(","));
  }
}
