package io.github.faasbench.experiment;

import io.github.faasbench.experiment.YamlTree.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The first part of each cell, in each repetition, that figures leave out.
 *
 * @param calls of {@link Kind#CALLS}: so many invocations, by their number in the cell; else 0
 * @param duration of {@link Kind#DURATION}: since the cell's load began; else zero
 */
public record WarmUpSpec(Kind kind, long calls, Duration duration) {

  /** How long it is. */
  public enum Kind {
    /** There is none. */
    NONE,
    /** It is found in the records, by MSER-5 (White 1997): nothing is decided at the call. */
    MSER,
    CALLS,
    DURATION
  }

  /** Where the file does not say. */
  public static final WarmUpSpec NONE = new WarmUpSpec(Kind.NONE, 0, Duration.ZERO);

  private static final List<String> KEYS = List.of("calls", "duration");

  /** Whether it is known of each call, when it is made, if it is part of it. */
  public boolean decidedAtCall() {
    return kind == Kind.CALLS || kind == Kind.DURATION;
  }

  /**
   * @param calls that a cell makes at most
   * @param duration after which the cells' loads end
   */
  static WarmUpSpec read(Value warmUp, long calls, Optional<Duration> duration) {
    if (!warmUp.present()) {
      return NONE;
    }
    if (!warmUp.isMap()) {
      return named(warmUp);
    }
    int before = warmUp.problemsMet();
    if (!warmUp.map(KEYS) || warmUp.problemsMet() > before) {
      return NONE;
    }
    Value number = warmUp.at("calls");
    Value time = warmUp.at("duration");
    if (number.present() == time.present()) {
      warmUp.problem(
          number.present()
              ? "calls and duration are both given; a warm-up has one of the two"
              : "how long it is is missing; write calls: 100 or duration: 60s");
      return NONE;
    }
    if (number.present()) {
      return new WarmUpSpec(Kind.CALLS, calls(number, calls), Duration.ZERO);
    }
    Duration length = time.above0((Duration) null);
    if (length == null) {
      return NONE;
    }
    if (duration.isPresent() && length.compareTo(duration.get()) >= 0) {
      time.problem(
          "nothing would be measured: the cells' loads end after "
              + Units.show(duration.get())
              + " (duration)");
    }
    return new WarmUpSpec(Kind.DURATION, 0, length);
  }

  private static WarmUpSpec named(Value warmUp) {
    String name = warmUp.tree() instanceof Scalar scalar ? scalar.text() : "";
    if (name.equals("mser")) {
      return new WarmUpSpec(Kind.MSER, 0, Duration.ZERO);
    }
    if (!name.equals("none")) {
      warmUp.problem(
          "none, mser or a map is wanted, not "
              + warmUp.tree().shown()
              + "; keys: "
              + String.join(", ", KEYS));
    }
    return NONE;
  }

  private static long calls(Value number, long most) {
    long calls = number.whole(1, 1, Integer.MAX_VALUE);
    if (calls >= most) {
      number.problem("nothing would be measured: a cell makes " + most + " calls");
    }
    return calls;
  }
}
