package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A command that takes long says how far it is; one that ends soon says nothing of its own. */
class HeartbeatTest {

  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

  private String next() throws InterruptedException {
    String line = told.poll(30, TimeUnit.SECONDS);
    assertThat(line).as("a line within 30 s").isNotNull();
    return line;
  }

  @Test
  void itNamesTheStepOfTheBuildThatIsUnderWay() throws Exception {
    for (String step : List.of("Step 3/9 : RUN apt-get update", "#8 [node-1 2/6] RUN make")) {
      told.clear();
      try (var beats = new Heartbeat("docker build", Duration.ofMillis(20), told::add)) {
        beats.accept("  " + step);
        beats.accept("  Get:1 http://deb.debian.org/debian bookworm");
        String line;
        do {
          line = next();
        } while (!line.startsWith("docker build, "));
        while (!line.endsWith(step)) {
          line = next();
        }
        assertThat(line).matches("docker build, \\d+ s so far: .*");
      }
    }
  }

  @Test
  void afterItsEndItIsSilent() throws Exception {
    var beats = new Heartbeat("docker build", Duration.ofMillis(5), told::add);
    next();
    beats.close();
    told.clear();
    assertThat(told.poll(100, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void aQuickCommandSaysNothingOfItsOwn() {
    try (var beats = new Heartbeat("docker build", Duration.ofHours(1), told::add)) {
      beats.accept("  done");
    }
    assertThat(told).containsExactly("  done");
  }
}
