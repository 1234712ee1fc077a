/** How the domain's rows reach a database: transactions, schema, and the mapping of values. */
@NullMarked
package io.acpbenefits.persistence;

import org.jspecify.annotations.NullMarked;
