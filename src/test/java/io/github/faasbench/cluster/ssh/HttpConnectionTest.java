package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.ssh.session.ByteInbox;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpConnectionTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\nB;x=y\r\npedia in \r\n\r\n"
          + "0\r\nTrailer: 1\r\n\r\n";
  private static final String CHUNKED_TEXT = "Wikipedia in \r\n";

  private final ByteInbox inbox = new ByteInbox();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final HttpConnection connection = new HttpConnection(inbox, sent, () -> {});

  private void arrives(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    inbox.write(bytes, 0, bytes.length);
  }

  @Test
  void aRequestIsWrittenWithItsLength() throws IOException {
    connection.send("POST", "/x?a=b", "{}".getBytes(StandardCharsets.UTF_8), false);
    assertThat(sent.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "POST /x?a=b HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\n\r\n{}");
  }

  @Test
  void chunksMayBeSplitAtEveryByte() throws IOException {
    for (int cut = 1; cut < CHUNKED.length(); cut++) {
      ByteInbox pieces = new ByteInbox();
      HttpConnection http = new HttpConnection(pieces, sent, () -> {});
      byte[] bytes = CHUNKED.getBytes(StandardCharsets.ISO_8859_1);
      pieces.write(bytes, 0, cut);
      pieces.write(bytes, cut, bytes.length - cut);
      HttpConnection.Answer answer = http.answer(SECOND);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo(CHUNKED_TEXT);
      assertThat(http.isReusable()).isTrue();
    }
  }

  @Test
  void bytesOneByOneAreReadTheSame() throws IOException {
    for (byte b : CHUNKED.getBytes(StandardCharsets.ISO_8859_1)) {
      inbox.write(b);
    }
    assertThat(connection.answer(SECOND).text()).isEqualTo(CHUNKED_TEXT);
  }

  @Test
  void aKeptConnectionAnswersAgain() throws IOException {
    for (int i = 0; i < 3; i++) {
      connection.send("GET", "/", null, false);
      assertThat(connection.isReusable()).isFalse();
      arrives("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nO" + i);
      assertThat(connection.answer(SECOND).text()).isEqualTo("O" + i);
      assertThat(connection.isReusable()).isTrue();
    }
    inbox.close();
    assertThat(connection.isReusable()).isFalse();
  }

  @Test
  void anAnswerWithoutBodyLeavesTheConnectionFree() throws IOException {
    connection.send("DELETE", "/", null, false);
    arrives("HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n");
    assertThat(connection.answer(SECOND).text()).isEmpty();
    assertThat(connection.isReusable()).isTrue();
  }

  @Test
  void aBodyWithoutLengthReachesToTheEnd() throws IOException {
    arrives("HTTP/1.1 200 OK\r\n\r\nsome");
    arrives(" text");
    inbox.close();
    assertThat(connection.answer(SECOND).text()).isEqualTo("some text");
    assertThat(connection.isReusable()).isFalse();
  }

  @Test
  void connectionCloseIsObeyed() throws IOException {
    arrives("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
    assertThat(connection.answer(SECOND).text()).isEqualTo("ok");
    assertThat(connection.isReusable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/2 200\r\n\r\n",
        "\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
      })
  void garbageIsToldApart(String bytes) throws IOException {
    arrives(bytes);
    assertThatThrownBy(() -> connection.answer(SECOND).text()).isInstanceOf(GarbledException.class);
  }

  @Test
  void everyTruncationEndsWithAnError() throws IOException {
    for (int length = 0; length < CHUNKED.length(); length++) {
      ByteInbox cut = new ByteInbox();
      HttpConnection http = new HttpConnection(cut, sent, () -> {});
      cut.write(CHUNKED.getBytes(StandardCharsets.ISO_8859_1), 0, length);
      cut.close();
      assertThatThrownBy(() -> http.answer(SECOND).text()).isInstanceOf(IOException.class);
      assertThat(http.isReusable()).isFalse();
    }
  }

  @Test
  void noiseNeverHangs() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      ByteInbox noisy = new ByteInbox();
      HttpConnection http = new HttpConnection(noisy, sent, () -> {});
      if (random.nextBoolean()) {
        byte[] head = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8);
        noisy.write(head, 0, head.length);
      }
      noisy.write(noise, 0, noise.length);
      noisy.close();
      assertThatThrownBy(() -> http.answer(SECOND).text()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anEndlessHeaderIsGivenUp() throws IOException {
    arrives("HTTP/1.1 200 OK\r\n" + "x".repeat(100_000));
    assertThatThrownBy(() -> connection.answer(SECOND)).isInstanceOf(GarbledException.class);
  }

  @Test
  void silenceHasALimit() throws IOException {
    connection.send("GET", "/info?all=1", null, false);
    assertThatThrownBy(() -> connection.answer(SECOND / 20))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("the engine has not answered GET /info for 0 s");
  }

  @Test
  void anAnswerThatTricklesHasALimitAsAWhole() throws IOException {
    connection.send("GET", "/info", null, false);
    arrives("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n ");
    connection.within(SECOND / 20);
    assertThatThrownBy(() -> connection.answer(60 * SECOND).text())
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("the engine has not answered GET /info for 0 s");
  }

  @Test
  void anEarlyEndIsAnEndOfFile() throws IOException {
    inbox.close();
    assertThatThrownBy(() -> connection.answer(SECOND)).isInstanceOf(EOFException.class);
  }

  @Test
  void aHijackedStreamGetsWhatCameWithTheHeadAndAfterIt() throws IOException {
    arrives("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nfirst ");
    assertThat(connection.answer(SECOND).status()).isEqualTo(101);
    arrives("second ");
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    connection.hijack(sink);
    arrives("third");
    assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("first second third");
    assertThat(connection.isReusable()).isFalse();
  }

  @Test
  void unreadBytesHaveABound() throws IOException {
    byte[] megabyte = new byte[1 << 20];
    for (int i = 0; i < 70; i++) {
      inbox.write(megabyte, 0, megabyte.length);
    }
    assertThatThrownBy(() -> connection.answer(SECOND)).hasMessageContaining("64 MiB");
  }
}
