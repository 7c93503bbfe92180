//! A keep-alive HTTP/1.1 client for filling a store fast; it knows only answers with a Content-Length.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use serde_json::Value;

use crate::measure::Reason;

/// One connection to the API.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
    session: String,
}

impl Connection {
    pub(crate) fn open(address: &str, session: &str) -> Result<Self, Reason> {
        let stream = TcpStream::connect(address).map_err(|error| format!("{address}: {error}"))?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        Ok(Connection { stream: BufReader::new(stream), host: address.to_owned(), session: session.to_owned() })
    }

    /// Sends a JSON body and takes `data` of the answer.
    pub(crate) fn post(&mut self, target: &str, body: &Value) -> Result<Value, Reason> {
        let body = body.to_string();
        let head = format!(
            "POST {target} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.host,
            self.session,
            body.len()
        );
        self.stream.get_mut().write_all(head.as_bytes()).map_err(|error| error.to_string())?;
        let (status, answer) = self.read().map_err(|error| format!("{target}: {error}"))?;
        let mut answer: Value = serde_json::from_slice(&answer).map_err(|error| format!("{target}: {error}"))?;
        if status / 100 != 2 {
            return Err(format!("{target}: {status}: {answer}"));
        }
        Ok(answer["data"].take())
    }

    fn read(&mut self) -> std::io::Result<(u16, Vec<u8>)> {
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest.get(..3).and_then(|digits| digits.parse().ok()).unwrap_or(0);
            } else if let Some(number) = line.strip_prefix("content-length:") {
                length = number.trim().parse().unwrap_or(0);
            } else if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok((status, body))
    }
}
