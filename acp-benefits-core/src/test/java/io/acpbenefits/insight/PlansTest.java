package io.acpbenefits.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.CoreFixture;
import io.acpbenefits.OnlyOn;
import io.acpbenefits.TestDatabase.Kind;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.partner.PartnerId;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ibatis.annotations.Select;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How the database answers the heaviest questions: no table that grows is read from beginning to
 * end. The population is what the planner's choice depends on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OnlyOn(
    value = Kind.H2,
    because = "reads what H2 says of its plans; PostgresPlansTest is the other")
class PlansTest {

  private static final Pattern READ_WHOLE = Pattern.compile("ACP_\\w+\\.tableScan");
  private static final Pattern SCANNED =
      Pattern.compile(
          "(?s)(?:FROM|JOIN) PUBLIC\\.(ACP_\\w+)(?:(?!FROM|JOIN|scanCount).)*scanCount: (\\d+)");
  private static final Pattern PARAMETER = Pattern.compile("#\\{(\\w+)}");

  private final CoreFixture it = new CoreFixture();

  @BeforeAll
  void populate() {
    String beta = it.partner(PartnerId.of("beta"), AccountId.of("bob")).value();
    new Population(it, beta, 1);
    it.sql("ANALYZE");
  }

  private String plan(Class<?> mapper, String statement) {
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("partner", "'acme'"),
            Map.entry("organization", "'" + it.organization + "'"),
            Map.entry("exam", "'exam-1'"),
            Map.entry("level", "'ACP'"),
            Map.entry("after", "''"),
            Map.entry("afterReason", "0"),
            Map.entry("afterTime", "TIMESTAMP '1970-01-01 00:00:00'"),
            Map.entry("afterMember", "''"),
            Map.entry("now", "TIMESTAMP '2026-03-01 09:00:00'"),
            Map.entry("from", "TIMESTAMP '2026-02-01 00:00:00'"),
            Map.entry("until", "TIMESTAMP '2026-03-01 00:00:00'"),
            Map.entry("size", "101"));
    Method method =
        Arrays.stream(mapper.getDeclaredMethods())
            .filter(m -> m.getName().equals(statement))
            .findFirst()
            .orElseThrow();
    String sql = String.join(" ", method.getAnnotation(Select.class).value());
    return it.text(
        "EXPLAIN ANALYZE "
            + PARAMETER
                .matcher(sql)
                .replaceAll(name -> Matcher.quoteReplacement(values.get(name.group(1)))));
  }

  private void assertReadsNoTableWhole(Class<?> mapper, String statement) {
    String plan = plan(mapper, statement);
    assertThat(READ_WHOLE.matcher(plan).results().map(MatchResult::group)).as(plan).isEmpty();
  }

  @Test
  void suggestionsReadNoTableWhole() {
    assertReadsNoTableWhole(CodesMapper.class, "members");
  }

  /** An index that is of no help, such as one for all that is not bound, shows here. */
  @Test
  void suggestionsLookAtFewRowsForEachMember() {
    String plan = plan(CodesMapper.class, "members");
    List<MatchResult> scans = SCANNED.matcher(plan).results().toList();
    assertThat(scans).hasSizeGreaterThan(5);
    for (MatchResult scan : scans) {
      if (!scan.group(1).equals("ACP_MEMBERSHIP")) {
        assertThat(Integer.parseInt(scan.group(2))).as(scan.group()).isLessThan(50);
      }
    }
  }

  @Test
  void theFunnelOfCodesReadsNoTableWhole() {
    assertReadsNoTableWhole(FunnelMapper.class, "withCode");
  }

  @Test
  void theFunnelOfSelfPaidExamsReadsNoTableWhole() {
    assertReadsNoTableWhole(FunnelMapper.class, "selfPaid");
  }
}
