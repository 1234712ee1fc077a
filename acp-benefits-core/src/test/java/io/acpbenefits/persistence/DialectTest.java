package io.acpbenefits.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.acpbenefits.TestDatabase;
import io.acpbenefits.common.BenefitsException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DialectTest {

  private static Connection of(String product) {
    DatabaseMetaData facts =
        (DatabaseMetaData)
            Proxy.newProxyInstance(
                DialectTest.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) -> product);
    return (Connection)
        Proxy.newProxyInstance(
            DialectTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> facts);
  }

  @Test
  void knowsTheDatabaseThatTheTestsRunOn() {
    assertThat(Dialect.of(TestDatabase.empty()).name()).isEqualTo(TestDatabase.kind().name());
  }

  @Test
  void knowsEachByItsName() throws SQLException {
    assertThat(Dialect.of(of("H2"))).isEqualTo(Dialect.H2);
    assertThat(Dialect.of(of("PostgreSQL"))).isEqualTo(Dialect.POSTGRESQL);
    assertThat(Dialect.of(of("MySQL"))).isEqualTo(Dialect.MYSQL);
    assertThat(Dialect.of(of("MariaDB"))).isEqualTo(Dialect.MARIADB);
  }

  @Test
  void refusesADatabaseWithoutASchemaAndNamesThoseThatHaveOne() {
    assertThatThrownBy(() -> Dialect.of(of("Oracle")))
        .isInstanceOf(BenefitsException.class)
        .hasMessage(
            "There is no schema for the database 'Oracle'; supported: H2, PostgreSQL, MySQL,"
                + " MariaDB.");
  }
}
