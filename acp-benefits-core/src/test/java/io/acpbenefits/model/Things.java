package io.acpbenefits.model;

import io.acpbenefits.common.Reason;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What there is in the model's world: each thing with what is known of it, called by its handle.
 */
final class Things {

  private Things() {}

  enum Role {
    OWNER,
    MANAGER,
    MEMBER
  }

  static final class Partner {
    String id = "";
    String tier = "";
    String state = "ACTIVE";

    /** Of its organization; empty while it has none. */
    String organization = "";
  }

  static final class Exam {
    String id = "";
    String level = "";
    @Nullable Instant endOfSale;
    @Nullable Instant endOfLife;
    final Deque<String> stock = new ArrayDeque<>();
  }

  static final class Quota {
    String id = "";
    String partner = "";
    String level = "";
    Instant from = World.START;
    Instant until = World.START;
    String state = "ACTIVE";
    long granted;
    long held;
    long consumed;
    long expired;
    final List<String> ledger = new ArrayList<>();

    long available() {
      return granted - held - consumed - expired;
    }

    boolean hasEnded() {
      return state.equals("EXPIRED") || state.equals("REVOKED");
    }

    void write(String kind, long quantity) {
      ledger.add(kind + " " + quantity);
    }

    /** What was available has expired. */
    void end(String to) {
      state = to;
      if (available() > 0) {
        write("EXPIRE", available());
      }
      expired += available();
    }
  }

  static final class Application {
    String id = "";
    String partner = "";
    String exam = "";
    int quantity;
    String state = "DRAFT";
    @Nullable Quota quota;
    int attempts;
  }

  static final class Code {
    String text = "";
    String partner = "";
    String exam = "";
    String state = "ISSUED";
    @Nullable String holder;
    Instant expires = World.START;
    @Nullable Instant reservedUntil;

    /** While reserved: whether the holder is gone, so that somebody has to decide. */
    boolean holderLeft;

    boolean isOpen() {
      return state.equals("ASSIGNED") || state.equals("RESERVED");
    }

    /** Neither final nor forfeited. */
    boolean isUnused() {
      return isOpen() || state.equals("ISSUED");
    }

    void become(String to, @Nullable String holder, @Nullable Instant until) {
      this.state = to;
      this.holder = holder;
      this.reservedUntil = until;
      this.holderLeft &= to.equals("RESERVED");
    }
  }

  static final class Membership {
    String partner = "";
    String account = "";
    Role role = Role.MEMBER;
    String state = "ACTIVE";
    Instant joined = World.START;
    @Nullable Instant ended;

    boolean coveredAt(Instant at) {
      return !joined.isAfter(at) && (ended == null || ended.isAfter(at));
    }
  }

  static final class Invitation {
    String id = "";
    String partner = "";

    /** Whom, if it is for one. */
    @Nullable String account;

    String state = "ACTIVE";

    /** Whether it is the link that is copied. */
    boolean main;

    @Nullable Instant expires;
    @Nullable Integer mostUses;
    Set<String> domains = Set.of();
    int uses;
    int resends;

    boolean isOpen() {
      return state.equals("ACTIVE") || state.equals("PENDING");
    }
  }

  static final class Request {
    String id = "";
    String partner = "";
    String account = "";
    String state = "SUBMITTED";
    boolean waiting;
    Instant expires = World.START;
  }

  static final class Registration {
    String id = "";
    String account = "";
    String exam = "";
    @Nullable Code code;
    String state = "SCHEDULED";
    Instant appointment = World.START;
    Programme.@Nullable Ids ids;

    boolean isScheduled() {
      return state.equals("SCHEDULED");
    }
  }

  static final class ExamRecord {
    /** Empty for the former wording of a record that was corrected. */
    String id = "";

    Programme.Ids ids = new Programme.Ids("", "");
    String exam = "";
    Instant taken = World.START;
    String outcome = "";
    @Nullable String score;
    String kind = "RESULT";
    Instant received = World.START;
    String state = "RECEIVED";
    @Nullable String account;
    @Nullable Code code;
  }

  static final class Certificate {
    String id = "";
    ExamRecord record = new ExamRecord();
    String state = "VALID";
    @Nullable Instant validUntil;
    @Nullable String account;
    @Nullable String partner;
    @Nullable Instant bound;
    boolean renewal;

    /** Suspended only because its record is held. */
    boolean heldWithRecord;

    /** Its states with since when. */
    final List<Map.Entry<Instant, String>> history = new ArrayList<>();

    boolean isOpen() {
      return state.equals("VALID") || state.equals("SUSPENDED");
    }

    void become(String to, Instant since) {
      state = to;
      heldWithRecord = false;
      history.add(Map.entry(since, to));
    }
  }

  static final class Binding {
    String id = "";
    String account = "";
    String exam = "";
    Programme.Ids ids = new Programme.Ids("", "");
    String state = "AWAITING_DATA";
    @Nullable Reason reason = Reason.RESULT_NOT_FOUND;
    Instant windowEnds = World.START;
    @Nullable Instant checkingSince;
    @Nullable Certificate certificate;

    boolean isOpen() {
      return state.equals("AWAITING_DATA") || state.equals("CHECK_IDS");
    }
  }
}
