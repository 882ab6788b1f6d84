package io.github.faasbench.policy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter of a policy in a user's jar, as the experiment file gives it: stands on a parameter
 * of the class's constructor, which is an int, long, double, boolean, String or {@link
 * java.time.Duration}. One without this annotation is a {@link java.util.random.RandomGenerator}:
 * the policy's own stream, seeded by the experiment.
 *
 * <p>The text parameter {@code history} names the CSV of an earlier run, whose calls the policy is
 * told by {@link SchedulingPolicy#remember}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Parameter {

  String name();

  /** As it would stand in the experiment file; empty: the file has to give it. */
  String byDefault() default "";

  /** The smallest value allowed, of durations in seconds; NaN: any. */
  double minimum() default Double.NaN;

  /** A few words for {@code faasbench policies}. */
  String summary() default "";
}
