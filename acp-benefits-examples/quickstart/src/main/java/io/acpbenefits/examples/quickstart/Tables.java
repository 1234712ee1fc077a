package io.acpbenefits.examples.quickstart;

import java.util.List;

/** The program's own tables. */
final class Tables {

  static final List<String> ALL =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS quickstart_input (
            kind VARCHAR(20) NOT NULL,
            id VARCHAR(1000) NOT NULL,
            content CHARACTER LARGE OBJECT NOT NULL,
            PRIMARY KEY (kind, id))""",
          """
          CREATE TABLE IF NOT EXISTS quickstart_instance (
            instance_id VARCHAR(64) NOT NULL PRIMARY KEY,
            row_id VARCHAR(200))""",
          """
          CREATE TABLE IF NOT EXISTS quickstart_event (
            event_no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            happened_at TIMESTAMP(6) NOT NULL,
            process VARCHAR(255) NOT NULL,
            instance_id VARCHAR(64) NOT NULL,
            element VARCHAR(255) NOT NULL,
            event VARCHAR(20) NOT NULL)""",
          // The last one: what tells a database that was played on from a new one.
          """
          CREATE TABLE IF NOT EXISTS quickstart_row (
            row_no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            row_id VARCHAR(200) NOT NULL UNIQUE,
            fingerprint VARCHAR(64) NOT NULL,
            played_at TIMESTAMP(6) NOT NULL,
            action VARCHAR(40) NOT NULL,
            actor VARCHAR(200),
            partner_id VARCHAR(200),
            exam_id VARCHAR(200),
            account VARCHAR(200),
            exam_outcome VARCHAR(20),
            subject VARCHAR(200),
            link VARCHAR(36),
            ref VARCHAR(200),
            outcome VARCHAR(20),
            reason VARCHAR(40),
            detail VARCHAR(2000))""");

  private Tables() {}
}
