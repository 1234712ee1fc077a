package io.acpbenefits.persistence;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a schema file may do while nodes of the previous release work on the same tables: add tables
 * and indexes, and columns that those nodes need not fill.
 */
final class Expansion {

  private static final Pattern CREATE_TABLE = Pattern.compile("CREATE TABLE (\\w+) .*");
  private static final Pattern CREATE_INDEX =
      Pattern.compile("CREATE (UNIQUE )?INDEX \\w+ ON (\\w+).*");
  private static final Pattern ALTER = Pattern.compile("ALTER TABLE (\\w+) (.*)");
  private static final Pattern FILL = Pattern.compile("INSERT INTO (\\w+) .*");

  /** One column, whose commas are all within brackets. */
  private static final Pattern ADD_COLUMN =
      Pattern.compile("ADD COLUMN [^,(]*(\\([^()]*(\\([^()]*\\)[^()]*)*\\)[^,(]*)*");

  private Expansion() {}

  /** The statements that a node which does not know them may fail on. */
  static List<String> notBorne(List<String> statements) {
    Set<String> own = new HashSet<>();
    return statements.stream().filter(sql -> !isBorne(flat(sql), own)).toList();
  }

  private static String flat(String sql) {
    return sql.replaceAll("\\s+", " ").strip().toUpperCase(Locale.ROOT);
  }

  /** To a table that the same file makes, anything may be done. */
  private static boolean isBorne(String sql, Set<String> own) {
    Matcher table = CREATE_TABLE.matcher(sql);
    if (table.matches()) {
      own.add(table.group(1));
      return true;
    }
    Matcher index = CREATE_INDEX.matcher(sql);
    if (index.matches()) {
      return index.group(1) == null || own.contains(index.group(2));
    }
    Matcher fill = FILL.matcher(sql);
    if (fill.matches()) {
      return own.contains(fill.group(1));
    }
    Matcher alter = ALTER.matcher(sql);
    return alter.matches() && (own.contains(alter.group(1)) || isBorne(alter.group(2)));
  }

  private static boolean isBorne(String change) {
    return ADD_COLUMN.matcher(change).matches()
        && !change.matches(".* (UNIQUE|CHECK|REFERENCES|PRIMARY)\\b.*")
        && (!change.contains(" NOT NULL")
            || change.contains(" DEFAULT ")
            || change.contains(" GENERATED "));
  }
}
