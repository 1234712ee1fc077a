package io.acpbenefits.internal;

import io.acpbenefits.common.Identifier;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Function;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** Keeps an id record as the text it wraps. */
final class IdentifierHandler<I extends Identifier> extends BaseTypeHandler<I> {

  private final Function<String, I> constructor;

  IdentifierHandler(Function<String, I> constructor) {
    this.constructor = constructor;
  }

  @Override
  public void setNonNullParameter(
      PreparedStatement statement, int index, I value, @Nullable JdbcType type)
      throws SQLException {
    statement.setString(index, value.value());
  }

  @Override
  public @Nullable I getNullableResult(ResultSet row, String column) throws SQLException {
    return id(row.getString(column));
  }

  @Override
  public @Nullable I getNullableResult(ResultSet row, int column) throws SQLException {
    return id(row.getString(column));
  }

  @Override
  public @Nullable I getNullableResult(CallableStatement call, int column) throws SQLException {
    return id(call.getString(column));
  }

  private @Nullable I id(@Nullable String value) {
    return value == null ? null : constructor.apply(value);
  }
}
