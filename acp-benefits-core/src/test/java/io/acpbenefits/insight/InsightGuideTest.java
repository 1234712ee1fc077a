package io.acpbenefits.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.AcpBenefits;
import io.acpbenefits.CoreFixture;
import io.acpbenefits.certificate.Tally;
import io.acpbenefits.common.AccountId;
import io.acpbenefits.common.Actor;
import io.acpbenefits.common.PageRequest;
import io.acpbenefits.exam.ExamId;
import io.acpbenefits.exam.ExamLevel;
import io.acpbenefits.partner.PartnerId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The code of docs/insight.md is this class's code, and its tables name what there is. */
class InsightGuideTest {

  private static final Path GUIDE = Path.of("../docs/insight.md");
  private static final Path SOURCE =
      Path.of("src/test/java/io/acpbenefits/insight/InsightGuideTest.java");

  private final CoreFixture it = new CoreFixture();

  @Test
  void theGuidesCodeRuns() {
    it.quota(ExamLevel.ACP, 1);
    it.codes("CODE-1");
    it.member(it.ann);
    it.member(it.ben);
    AcpBenefits benefits = it.benefits;
    Actor.Account manager = it.owner;
    PartnerId partner = it.acme;
    AccountId ann = it.ann;
    AccountId ben = it.ben;
    ExamId cloud = it.cloud;
    Instant from = it.start;
    Instant until = it.in(Duration.ofDays(1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // In the guide: the questions
    Insights insights = benefits.insights();
    PageRequest page = PageRequest.first(100);
    for (Tally line : insights.tally(manager, partner, page).items()) {
      System.out.println(line.examId() + ": " + line.certificates() + " by " + line.people());
    }
    WhatIf supposed = WhatIf.NOTHING.leaves(ann).passes(ben, cloud);
    for (LevelForecast level : insights.whatIfByLevel(manager, partner, supposed)) {
      System.out.println(level.level() + " would change by " + level.difference());
    }
    for (ExpiringCode code :
        insights.expiringCodes(manager, partner, Duration.ofDays(60), 3, page).items()) {
      System.out.println(
          code.examName() + " until " + code.expiresAt() + ": " + code.suggestions());
    }
    for (StuckPerson stuck : insights.stuck(manager, partner, Patience.DEFAULT, page).items()) {
      System.out.println(stuck.person() + ": " + stuck.nextStep());
    }
    insights.csv(manager, partner).funnel(from, until, out);
    // End
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("cloud,Cloud Computing,ACP,1,0,0");
  }

  @Test
  void theGuideShowsThatCode() throws IOException {
    String source = Files.readString(SOURCE);
    String code =
        source
            .substring(source.indexOf("    // In the guide: "), source.indexOf("    // End\n"))
            .lines()
            .skip(1)
            .map(line -> line.replaceFirst("^ {4}", ""))
            .collect(Collectors.joining("\n"));
    String guide = Files.readString(GUIDE);
    assertThat(guide.substring(guide.indexOf("```java\n") + 8, guide.indexOf("\n```\n")))
        .isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(StuckPerson.Kind.class)
  void theGuideNamesEveryKindOfStuckPeople(StuckPerson.Kind kind) throws IOException {
    assertThat(Files.readString(GUIDE)).contains("| `" + kind + "` |");
  }

  @ParameterizedTest
  @EnumSource(Because.class)
  void theGuideRanksEveryReason(Because because) throws IOException {
    int rank = Arrays.asList(Because.values()).indexOf(because) + 1;
    assertThat(Files.readString(GUIDE)).contains("\n" + rank + ". `" + because + "`:");
  }
}
