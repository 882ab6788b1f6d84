package io.github.faasbench.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BusyImagesTest {

  @Test
  void usesAreThoseOfATable() {
    for (long seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      int[] table = new int[300];
      var images = new BusyImages();
      for (int i = 0; i < 5_000; i++) {
        int number = random.nextInt(random.nextBoolean() ? 10 : table.length);
        int change = table[number] > 0 && random.nextInt(5) < 3 ? -1 : 1;
        table[number] += change;
        images.of(number).containers += change;
        int other = random.nextInt(table.length);
        BusyImages.Busy found = images.find(other);
        assertThat(found == null ? 0 : found.containers).isEqualTo(table[other]);
      }
    }
  }

  @Test
  void idleImagesTakeNoPlace() {
    var images = new BusyImages();
    images.of(7).containers = 1;
    for (int number = 100; number < 10_000; number++) {
      images.of(number).containers++;
      images.of(number).containers--;
    }
    List<Integer> held = new ArrayList<>();
    images.each(one -> held.add(one.number));
    assertThat(held).contains(7).hasSizeLessThan(8);
  }
}
