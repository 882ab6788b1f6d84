package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
  private final OutputCapture output = new OutputCapture(1000);
  private final FrameDecoder decoder = new FrameDecoder(output, () -> 77);

  private static byte[] frames() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frame(bytes, 1, "out one\n");
    frame(bytes, 2, "err\n");
    frame(bytes, 1, "");
    frame(bytes, 1, "out two\n");
    return bytes.toByteArray();
  }

  private static void frame(ByteArrayOutputStream into, int stream, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    into.writeBytes(new byte[] {(byte) stream, 0, 0, 0, 0, 0, 0, (byte) payload.length});
    into.writeBytes(payload);
  }

  @Test
  void framesMayBeSplitAtEveryByte() throws IOException {
    byte[] bytes = frames();
    for (int cut = 0; cut <= bytes.length; cut++) {
      OutputCapture text = new OutputCapture(1000);
      FrameDecoder split = new FrameDecoder(text, () -> 77);
      split.write(bytes, 0, cut);
      split.write(bytes, cut, bytes.length - cut);
      assertThat(split.ended()).isNotDone();
      split.close();
      assertThat(split.ended().join()).isEqualTo(77);
      assertThat(text.text()).isEqualTo("out one\nerr\nout two\n");
    }
  }

  @Test
  void aStreamCutWithinAFrameIsGarbled() throws IOException {
    byte[] bytes = frames();
    decoder.write(bytes, 0, bytes.length - 1);
    decoder.close();
    assertThatThrownBy(() -> decoder.ended().join())
        .hasCauseInstanceOf(GarbledException.class)
        .hasMessageContaining("ends within a frame");
  }

  @Test
  void textWithoutFramesIsGarbledAndNotTakenForOutput() throws IOException {
    byte[] text = "plain text of a terminal".getBytes(StandardCharsets.UTF_8);
    decoder.write(text, 0, text.length);
    decoder.close();
    assertThatThrownBy(() -> decoder.ended().join()).hasCauseInstanceOf(GarbledException.class);
    assertThat(output.text()).isEmpty();
  }
}
