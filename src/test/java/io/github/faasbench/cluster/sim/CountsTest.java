package io.github.faasbench.cluster.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CountsTest {

  @Test
  void countsAreThoseOfATable() {
    for (long seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      int[] table = new int[300];
      var counts = new Counts();
      for (int i = 0; i < 5_000; i++) {
        int number = random.nextInt(random.nextBoolean() ? 10 : table.length);
        int change = table[number] > 0 && random.nextInt(5) < 3 ? -1 : 1;
        table[number] += change;
        counts.add(number, change);
        int other = random.nextInt(table.length);
        assertEquals(table[other], counts.get(other), "seed " + seed + ", step " + i);
      }
      for (int number = 0; number < table.length; number++) {
        assertEquals(table[number], counts.get(number));
      }
    }
  }
}
