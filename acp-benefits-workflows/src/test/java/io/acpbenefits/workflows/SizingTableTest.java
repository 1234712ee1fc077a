package io.acpbenefits.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.acpbenefits.common.Actor;
import io.acpbenefits.examrecord.ExamOutcome;
import io.acpbenefits.invitation.Invitation;
import io.acpbenefits.invitation.JoinRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many rows each piece of work leaves, counted over all tables. */
class SizingTableTest {

  private static final Path PAGE = Path.of("..", "docs", "operations.md");
  private static final String BEGIN = "<!-- sizing -->\n";
  private static final String END = "<!-- end of sizing -->";

  @RegisterExtension static final CandidateFixture on = new CandidateFixture();

  private final ProcessFixture flow = on.flow;
  private final List<String> lines = new ArrayList<>();

  private record Rows(long core, long running, long history) {

    Rows minus(Rows earlier) {
      return new Rows(core - earlier.core, running - earlier.running, history - earlier.history);
    }
  }

  private Rows rows() {
    long core = 0;
    long running = 0;
    long history = 0;
    try (Connection connection =
            flow.processes().getProcessEngineConfiguration().getDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet tables =
            connection
                .getMetaData()
                .getTables(
                    connection.getCatalog(),
                    connection.getSchema(),
                    "%",
                    new String[] {"TABLE", "BASE TABLE"})) {
      while (tables.next()) {
        String name = tables.getString("TABLE_NAME");
        String table = name.toUpperCase(Locale.ROOT);
        try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + name)) {
          assertThat(count.next()).isTrue();
          if (table.startsWith("ACP_")) {
            core += count.getLong(1);
          } else if (table.startsWith("ACT_RU_")) {
            running += count.getLong(1);
          } else if (table.startsWith("ACT_HI_")) {
            history += count.getLong(1);
          }
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return new Rows(core, running, history);
  }

  private Rows measured(Runnable work) {
    Rows before = rows();
    work.run();
    flow.time.runDueJobs();
    return rows().minus(before);
  }

  private void line(String what, Rows rows) {
    lines.add(
        "| %s | %d | %d | %d |\n".formatted(what, rows.core(), rows.running(), rows.history()));
  }

  private void apply(int codes) {
    flow.benefits.applications().apply(flow.olga, flow.acme, flow.cloud, codes);
  }

  @Test
  void theFiguresInTheDocsAreThoseThatAreCounted() throws IOException {
    flow.stock(6);
    Rows one = measured(() -> apply(1));
    Rows three = measured(() -> apply(3));
    line("an application for one code, fulfilled", one);
    line(
        "each further code of it",
        new Rows(
            (three.core() - one.core()) / 2,
            (three.running() - one.running()) / 2,
            (three.history() - one.history()) / 2));
    line(
        "a person invited",
        measured(
            () ->
                flow.benefits
                    .invitations()
                    .invite(flow.olga, flow.organization, flow.account("cleo").id())));
    line("a person invited, who accepts and is admitted", measured(this::admit));
    line("a code assigned and an exam booked", measured(this::book));
    line("… passed, and its certificate bound", measured(this::bind));

    String page = Files.readString(PAGE);
    assertThat(page).contains(BEGIN, END);
    String table =
        "| what | rows of the library | of the engine, for what runs | of its history |\n"
            + "|---|---|---|---|\n"
            + String.join("", lines);
    String expected =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE).content().as("made anew with -Dupdate.docs=true").isEqualTo(expected);
  }

  private void admit() {
    Invitation invitation =
        flow.benefits.invitations().invite(flow.olga, flow.organization, flow.account("dan").id());
    JoinRequest request =
        flow.benefits
            .joinRequests()
            .submit(
                flow.account("dan"),
                flow.benefits.invitations().token(Actor.system(), invitation.invitationId()),
                Map.of());
    flow.benefits.joinRequests().approve(flow.olga, request.requestId());
  }

  private void book() {
    on.assign();
    on.registerWithCode(flow.now().plus(Duration.ofHours(1)), on.ids);
  }

  private void bind() {
    flow.time.advanceBy(Duration.ofHours(2));
    on.recordWithCode(on.ids, ExamOutcome.PASS);
    on.submit(on.ids);
  }
}
