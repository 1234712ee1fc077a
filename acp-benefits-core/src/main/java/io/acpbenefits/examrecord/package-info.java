/** Exam records: the result data that Pearson VUE sends, up to days after the exam. */
@NullMarked
package io.acpbenefits.examrecord;

import org.jspecify.annotations.NullMarked;
