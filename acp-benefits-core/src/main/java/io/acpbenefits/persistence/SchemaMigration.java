package io.acpbenefits.persistence;

import io.acpbenefits.common.BenefitsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One numbered SQL file from the jar; never altered once released. */
record SchemaMigration(int version, String fileName, List<String> statements, String checksum) {

  private static final Pattern NEEDS = Pattern.compile("__from_V([0-9]+)\\.sql$");

  static SchemaMigration load(String folder, String fileName) {
    String resource = folder + "/" + fileName;
    try (InputStream in = SchemaMigration.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new BenefitsException("The library's jar lacks its schema file " + resource + ".");
      }
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
      return new SchemaMigration(versionOf(fileName), fileName, statementsIn(sql), sha256(sql));
    } catch (IOException e) {
      throw new BenefitsException("The schema file " + resource + " could not be read.", e);
    }
  }

  private static int versionOf(String fileName) {
    return Integer.parseInt(fileName.substring(1, fileName.indexOf("__")));
  }

  /**
   * The number of the file that a node has to know to work on what this one leaves, which its name
   * tells to nodes that have no more than its name. Usually any node can: a file only adds what
   * those that do not know it can leave alone. One that takes something away ends with, say, {@code
   * __from_V009.sql}: what it takes away is used by no version that has file 9.
   */
  static int neededBy(String fileName) {
    Matcher needs = NEEDS.matcher(fileName);
    return needs.find() ? Integer.parseInt(needs.group(1)) : 0;
  }

  /**
   * Our files end each statement with a semicolon at a line's end and have none inside literals.
   */
  private static List<String> statementsIn(String sql) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : sql.split("\n", -1)) {
      if (line.strip().startsWith("--")) {
        continue;
      }
      statement.append(line).append('\n');
      if (line.stripTrailing().endsWith(";")) {
        String text = statement.toString().strip();
        statements.add(text.substring(0, text.length() - 1));
        statement.setLength(0);
      }
    }
    if (!statement.toString().isBlank()) {
      throw new BenefitsException("A schema file ends without a semicolon: " + statement);
    }
    return List.copyOf(statements);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
