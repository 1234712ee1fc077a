package io.acpbenefits.faults;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * A small pool that tells of commits, and gives up connections that have failed; as pools of hosts
 * do.
 */
@NullUnmarked
final class NodeDatabase implements DataSource {

  private static final String AUDIT = "INSERT INTO acp_audit_entry";

  /** Which parameter of that statement names the operation. */
  private static final int AUDITED_OPERATION = 2;

  private static final Pattern ENTERED =
      Pattern.compile("insert into ACT_HI_ACTINST\\s*\\(([^)]*)\\)", Pattern.CASE_INSENSITIVE);
  private static final String NODE = "ACT_ID_";

  private static final Pattern LISTS = Pattern.compile("\\?(\\s*,\\s*\\?)*");

  private final String url;
  private final CommitPoints points;
  private final Trouble trouble;
  private final ConcurrentLinkedDeque<Pooled> idle = new ConcurrentLinkedDeque<>();
  private final AtomicLong generation = new AtomicLong();

  private record Pooled(Connection raw, long generation) {}

  NodeDatabase(String url, CommitPoints points, Trouble trouble) {
    this.url = url;
    this.trouble = trouble;
    this.points = points;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Pooled pooled = idle.poll();
    while (pooled != null && pooled.generation() != generation.get()) {
      closeQuietly(pooled.raw());
      pooled = idle.poll();
    }
    if (pooled == null) {
      pooled = new Pooled(DriverManager.getConnection(url), generation.get());
    }
    Handle handle = new Handle(pooled);
    return (Connection)
        Proxy.newProxyInstance(
            NodeDatabase.class.getClassLoader(), new Class<?>[] {Connection.class}, handle::invoke);
  }

  /** What one borrower does. */
  private final class Handle {

    private final Pooled pooled;
    private final Set<String> written = new TreeSet<>();
    private final Set<String> operations = new TreeSet<>();
    private final Set<String> nodes = new TreeSet<>();
    private boolean closed;

    Handle(Pooled pooled) {
      this.pooled = pooled;
    }

    Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      Connection raw = pooled.raw();
      switch (method.getName()) {
        case "close" -> {
          giveBack(raw);
          return null;
        }
        case "isClosed" -> {
          return closed || raw.isClosed();
        }
        case "commit" -> {
          settle(() -> call(method, arguments));
          return null;
        }
        case "setAutoCommit" -> {
          if ((Boolean) arguments[0] && !raw.getAutoCommit()) {
            settle(() -> call(method, arguments));
            return null;
          }
        }
        case "rollback" -> {
          if (arguments == null) {
            forget();
          }
        }
        case "prepareStatement" -> {
          String sql = (String) arguments[0];
          Object statement = call(method, arguments);
          if (writes(sql)) {
            written.add(LISTS.matcher(sql).replaceAll("?"));
          }
          if (sql.contains(AUDIT)) {
            return told(statement, AUDITED_OPERATION, operations);
          }
          Matcher entered = ENTERED.matcher(sql);
          return entered.find()
              ? told(statement, placeOf(NODE, entered.group(1)), nodes)
              : statement;
        }
        default -> {}
      }
      return call(method, arguments);
    }

    private void settle(CommitPoints.Commit<Exception> commit) throws Throwable {
      boolean wrote = !written.isEmpty();
      CommitPoints.Written what =
          new CommitPoints.Written(
              List.copyOf(operations), List.copyOf(nodes), Integer.toHexString(written.hashCode()));
      forget();
      if (wrote && trouble.now(Trouble.COMMITS)) {
        lose(commit);
      } else if (wrote) {
        points.commit(what, commit);
      } else {
        commit.run();
      }
    }

    private void forget() {
      written.clear();
      operations.clear();
      nodes.clear();
    }

    /** Audit and history, as they are written, tell what the transaction does. */
    private Object told(Object statement, int parameter, Set<String> found) {
      return Proxy.newProxyInstance(
          NodeDatabase.class.getClassLoader(),
          new Class<?>[] {PreparedStatement.class},
          (self, method, arguments) -> {
            if (method.getName().equals("setString") && arguments[0].equals(parameter)) {
              found.add((String) arguments[1]);
            }
            return Trouble.call(statement, method, arguments);
          });
    }

    /** The server got the COMMIT, or it did not; nobody here can tell. */
    private void lose(CommitPoints.Commit<Exception> commit) throws Exception {
      if (trouble.choice(2) == 0) {
        commit.run();
      }
      pooled.raw().abort(Runnable::run);
      throw new SQLException("The connection was lost while committing.", "08006");
    }

    private Object call(Method method, Object[] arguments) throws Exception {
      try {
        return method.invoke(pooled.raw(), arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      }
    }

    private void giveBack(Connection raw) {
      if (closed) {
        return;
      }
      closed = true;
      try {
        if (raw.isClosed()) {
          // The server is gone for the others as well, or they find out as cheaply as this.
          generation.incrementAndGet();
          return;
        }
        if (!raw.getAutoCommit()) {
          raw.rollback();
          raw.setAutoCommit(true);
        }
        idle.push(pooled);
      } catch (SQLException lost) {
        generation.incrementAndGet();
        closeQuietly(raw);
      }
    }
  }

  private static int placeOf(String column, String columns) {
    return Stream.of(columns.split(",", -1)).map(String::strip).toList().indexOf(column) + 1;
  }

  private static boolean writes(String sql) {
    String text = sql.stripLeading();
    String verb = text.substring(0, Math.min(6, text.length())).toUpperCase(Locale.ROOT);
    return verb.equals("INSERT") || verb.equals("UPDATE") || verb.equals("DELETE");
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException lost) {
      // There is nothing left to be closed.
      return;
    }
  }

  void close() {
    idle.forEach(pooled -> closeQuietly(pooled.raw()));
    idle.clear();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("Nothing is wrapped.");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
