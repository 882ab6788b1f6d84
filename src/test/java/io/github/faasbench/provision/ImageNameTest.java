package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:5055/python, localhost:5055, python, latest, true",
    "127.0.0.1:5055/a/b:2, 127.0.0.1:5055, a/b, 2, true",
    "localhost/x, localhost, x, latest, true",
    "ghcr.io/me/x:v1, ghcr.io, me/x, v1, false",
    "me/x, '', me/x, latest, false",
    "python:3, '', python, 3, false",
  })
  void aReferenceIsTakenApart(
      String reference, String registry, String path, String tag, boolean loopback) {
    var name = ImageName.parse(reference);
    assertThat(name).isEqualTo(new ImageName(registry, path, tag));
    assertThat(name.onLoopback()).isEqualTo(loopback);
  }
}
