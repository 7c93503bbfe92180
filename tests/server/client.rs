//! An HTTP/1.1 client that keeps its connection: it sends exactly what a test says and follows nothing.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::openapi::assert_error;
use crate::support::Response;

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// One connection to a server, opened when it is needed.
pub(crate) struct Client {
    address: SocketAddr,
    host: String,
    stream: Option<BufReader<TcpStream>>,
}

impl Client {
    /// A client whose requests name `host`.
    pub(crate) fn new(address: SocketAddr, host: &str) -> Self {
        Client { address, host: host.to_owned(), stream: None }
    }

    /// Sends a request with these fields beside `Host` and `Content-Length`.
    pub(crate) async fn send(&mut self, method: &str, target: &str, fields: &[(&str, &str)], body: &[u8]) -> Response {
        let mut head = format!("{method} {target} HTTP/1.1\r\nHost: {}\r\n", self.host);
        for (name, value) in fields {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() || method == "POST" {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.address).await,
        };
        stream.write_all(&[head.as_bytes(), body].concat()).await.expect("the server takes the request");
        let response = read_response(&mut stream, method).await;
        if response.header("connection") != Some("close") {
            self.stream = Some(stream);
        }
        response
    }

    /// Asks for a path.
    pub(crate) async fn get(&mut self, target: &str) -> Response {
        self.send("GET", target, &[], b"").await
    }
}

/// Sends these bytes over a connection of their own and reads one answer.
pub(crate) async fn exchange(address: SocketAddr, request: &[u8]) -> Response {
    let mut stream = connect(address).await;
    stream.write_all(request).await.expect("the server takes the request");
    let method = request.split(|byte| *byte == b' ').next().unwrap_or_default();
    read_response(&mut stream, &String::from_utf8_lossy(method)).await
}

/// A new connection.
pub(crate) async fn connect(address: SocketAddr) -> BufReader<TcpStream> {
    let stream = TcpStream::connect(address).await.expect("the server accepts connections");
    stream.set_nodelay(true).expect("a connected socket");
    BufReader::new(stream)
}

/// Reads one answer.
pub(crate) async fn read_response(stream: &mut BufReader<TcpStream>, method: &str) -> Response {
    tokio::time::timeout(PATIENCE, read(stream, method)).await.expect("an answer in time").expect("an answer in HTTP")
}

async fn read(stream: &mut BufReader<TcpStream>, method: &str) -> std::io::Result<Response> {
    let wrong = |line: &str| std::io::Error::other(format!("not HTTP: {line:?}"));
    let first = line(stream).await?;
    let status = first.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5)?.parse().ok());
    let mut response = Response { status: status.ok_or_else(|| wrong(&first))?, headers: Vec::new(), body: Vec::new() };
    loop {
        let line = line(stream).await?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| wrong(&line))?;
        response.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    if method == "HEAD" || matches!(response.status, 204 | 304) {
        return Ok(response);
    }
    if response.header("transfer-encoding") == Some("chunked") {
        loop {
            let size = line(stream).await?;
            let size = usize::from_str_radix(&size, 16).map_err(|_| wrong(&size))?;
            let mut chunk = vec![0; size + 2];
            stream.read_exact(&mut chunk).await?;
            response.body.extend_from_slice(&chunk[..size]);
            if size == 0 {
                return Ok(response);
            }
        }
    }
    match response.header("content-length").map(|length| length.parse().map_err(|_| wrong(length))) {
        Some(length) => {
            response.body = vec![0; length?];
            stream.read_exact(&mut response.body).await?;
        }
        None => {
            stream.read_to_end(&mut response.body).await?;
        }
    }
    Ok(response)
}

async fn line(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line).await?;
    let line = line.strip_suffix(b"\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
    Ok(String::from_utf8_lossy(line).into_owned())
}

impl Response {
    /// Goes on only with this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        self
    }

    /// The `data` of a success.
    #[track_caller]
    pub(crate) fn data(&self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, String::from_utf8_lossy(&self.body));
        self.json()["data"].clone()
    }

    /// The `error` of a refusal with this status and code.
    #[track_caller]
    pub(crate) fn refusal(&self, status: u16, code: &str) -> Value {
        let answer = self.json();
        assert_eq!((self.status, answer["error"]["code"].as_str()), (status, Some(code)), "{answer}");
        assert_error(&answer);
        answer["error"].clone()
    }
}
